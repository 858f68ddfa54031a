package io.schedulerworker.n8n;

import io.schedulerworker.model.Texts;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Warns, once per host, of a key that travels over plain http to another machine, where others can read it. */
final class KeyExposure {
  private static final Logger LOG = System.getLogger(KeyExposure.class.getName());
  private static final Pattern LOOPBACK =
      Pattern.compile("127(\\.\\d{1,3}){3}|\\[(0*:)+0*1\\]|(.+\\.)?localhost\\.?");
  private static final int MOST_HOSTS = 1_000;

  private final Set<String> warned = ConcurrentHashMap.newKeySet();

  /** To be told of every call with a key. */
  void check(URI webhook) {
    if ("http".equalsIgnoreCase(webhook.getScheme()) && webhook.getHost() != null) {
      warnOf(webhook.getHost().toLowerCase(Locale.ROOT));
    }
  }

  private void warnOf(String host) {
    if (!LOOPBACK.matcher(host).matches() && warned.size() < MOST_HOSTS && warned.add(host)) {
      LOG.log(
          Level.WARNING,
          "the n8n key is sent to {0} over plain http, where others can read it: use https",
          Texts.line(host, 100));
    }
  }
}
