package io.schedulerworker.app;

import io.schedulerworker.port.Clock;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvStoreProvider;
import io.schedulerworker.system.SystemClock;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * Two stores that processes share, and that this one can look into.
 *
 * @param config the URI of CONFIG_KV
 * @param jobs the URI of JOBS_KV
 * @param environment what a process needs to get at them
 */
record TestStores(String config, String jobs, Map<String, String> environment) {
  private static final Clock CLOCK = new SystemClock();

  KvStore openConfig() {
    return open(config);
  }

  KvStore openJobs() {
    return open(jobs);
  }

  private static KvStore open(String uri) {
    String scheme = uri.substring(0, uri.indexOf(':'));
    for (KvStoreProvider provider : ServiceLoader.load(KvStoreProvider.class)) {
      if (provider.schemes().contains(scheme)) {
        return provider.open(uri, CLOCK);
      }
    }
    throw new AssertionError("no store for " + uri);
  }

  AppProcess in(AppProcess process) {
    environment.forEach(process::env);
    return process.env("CONFIG_KV", config).env("JOBS_KV", jobs);
  }
}
