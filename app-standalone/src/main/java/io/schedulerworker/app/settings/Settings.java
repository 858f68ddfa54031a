package io.schedulerworker.app.settings;

import io.schedulerworker.CallbackSigner;
import io.schedulerworker.app.alerts.AlertFormat;
import io.schedulerworker.app.alerts.AlertRules;
import io.schedulerworker.app.http.LoggedRequests;
import io.schedulerworker.app.tls.TlsFiles;
import io.schedulerworker.model.CompletionMode;
import io.schedulerworker.model.Delivery;
import io.schedulerworker.model.DispatchPolicy;
import io.schedulerworker.port.BreakerSettings;
import io.schedulerworker.reach.Reach;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the process runs with. Immutable; shows no secret.
 *
 * @param environment names the environment in records and payloads
 * @param configKv URI of the store that holds the registry; may have a password in it
 * @param jobsKv URI of the store that holds the job records; may have a password in it
 * @param http how {@code serve} is reached
 * @param registryFile where the registry is instead of CONFIG_KV
 * @param registryMaxAge how long the last good registry stands in
 * @param schedules when to start jobs, those that are not enabled included; ids differ
 * @param completion what a 2xx answer means
 * @param callbacks how the ends of workflows are reported
 * @param delivery what becomes of calls without a recorded outcome
 * @param lease how long a process may be silent before another goes on with its jobs
 * @param retention how long records live
 * @param shutdownGrace how long calls in flight may take at the end
 * @param n8n how one call is made
 * @param dispatch how many calls, and how often again
 * @param watchGrace how late fires and calls may be before somebody is told
 * @param alerts who is told what went wrong
 */
public record Settings(
    String environment,
    String configKv,
    String jobsKv,
    Http http,
    Optional<Path> registryFile,
    Duration registryMaxAge,
    List<ScheduleSettings> schedules,
    CompletionMode completion,
    Callbacks callbacks,
    Delivery delivery,
    Duration lease,
    Duration retention,
    Duration shutdownGrace,
    N8n n8n,
    DispatchPolicy dispatch,
    Duration watchGrace,
    Alerts alerts) {

  /**
   * Copies the schedules.
   *
   * @param environment as above
   * @param configKv as above
   * @param jobsKv as above
   * @param http as above
   * @param registryFile as above
   * @param registryMaxAge as above
   * @param schedules as above
   * @param completion as above
   * @param callbacks as above
   * @param delivery as above
   * @param lease as above
   * @param retention as above
   * @param shutdownGrace as above
   * @param n8n as above
   * @param dispatch as above
   * @param watchGrace as above
   * @param alerts as above
   */
  public Settings {
    schedules = List.copyOf(schedules);
  }

  /**
   * How {@code serve} is reached.
   *
   * @param bind the address
   * @param port the port, 0 for any that is free
   * @param keys of which callers need one; empty: nobody may; copied
   * @param publicMetrics whether metrics are shown to anybody
   * @param corsOrigins whose pages may call from browsers; copied
   * @param requestLog which requests have a line in the log
   */
  public record Http(
      String bind,
      int port,
      List<ApiKeySettings> keys,
      boolean publicMetrics,
      List<String> corsOrigins,
      LoggedRequests requestLog) {
    /**
     * Copies the lists.
     *
     * @param bind as above
     * @param port as above
     * @param keys as above
     * @param publicMetrics as above
     * @param corsOrigins as above
     * @param requestLog as above
     */
    public Http {
      keys = List.copyOf(keys);
      corsOrigins = List.copyOf(corsOrigins);
    }
  }

  /**
   * How the ends of workflows are reported.
   *
   * @param signer makes the addresses; empty: there are none
   * @param jobTimeout how long they are waited for after a job's last call; zero: for ever
   * @param retryUnfinished whether a KPI whose end is not reported by then is driven again, once
   */
  public record Callbacks(
      Optional<CallbackSigner> signer, Duration jobTimeout, boolean retryUnfinished) {}

  /**
   * Who is told what went wrong.
   *
   * @param url of the webhook, http or https; empty: nobody is told
   * @param format what is understood there
   * @param rules what is told, and how often
   */
  public record Alerts(Optional<Secret> url, AlertFormat format, AlertRules rules) {}

  /**
   * How one webhook is called.
   *
   * @param keys of which a host gets the first that is for it; copied
   * @param signingSecrets what calls are signed with; empty: they are not
   * @param connectTimeout for a connection
   * @param responseTimeout for one attempt
   * @param breaker when a host is left alone for a while
   * @param reach which hosts may be called
   * @param tls certificates and keys for https
   */
  public record N8n(
      List<KeySettings> keys,
      Optional<SecretSource> signingSecrets,
      Duration connectTimeout,
      Duration responseTimeout,
      BreakerSettings breaker,
      Reach reach,
      TlsFiles tls) {
    /**
     * Copies the keys.
     *
     * @param keys as above
     * @param signingSecrets as above
     * @param connectTimeout as above
     * @param responseTimeout as above
     * @param breaker as above
     * @param reach as above
     * @param tls as above
     */
    public N8n {
      keys = List.copyOf(keys);
    }
  }

  /** Names the environment alone: URIs of stores may have passwords. */
  @Override
  public String toString() {
    return "Settings[environment=" + environment + "]";
  }
}
