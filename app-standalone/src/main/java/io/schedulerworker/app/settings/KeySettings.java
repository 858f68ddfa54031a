package io.schedulerworker.app.settings;

import io.schedulerworker.model.Texts;
import io.schedulerworker.port.Credential;
import io.schedulerworker.reach.HostPattern;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A key for n8n, as it is set.
 *
 * @param hosts whom it is sent to; empty: to all
 * @param header the header's name
 * @param scheme what stands before the key; empty: nothing
 * @param key where the key comes from
 */
public record KeySettings(List<HostPattern> hosts, String header, String scheme, SecretSource key) {
  /**
   * Copies the hosts.
   *
   * @param hosts as above
   * @param header as above
   * @param scheme as above
   * @param key as above
   */
  public KeySettings {
    hosts = List.copyOf(hosts);
  }

  private static final int SHOWN = 80;

  /** That it is set, without the key. */
  String shown() {
    return "%s = *** (for %s)"
        .formatted(
            key.name(),
            Texts.line(
                hosts.stream().map(HostPattern::toString).collect(Collectors.joining(", ")),
                SHOWN));
  }

  /**
   * What is sent.
   *
   * @param text the key as it is now
   * @return the credential
   * @throws IllegalArgumentException if no header can carry it; the message does not show it
   */
  public Credential credential(String text) {
    return Credential.of(header, scheme, text).forHosts(hosts);
  }
}
