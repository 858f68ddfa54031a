package io.schedulerworker.app.alerts;

import java.net.URI;

/**
 * Whom alerts are sent to, and who sends them. Shows no address: it may be a secret.
 *
 * @param url an http or https URL
 * @param format what is understood there
 * @param environment as it is named in job records
 * @param version of this program
 */
public record AlertTarget(URI url, AlertFormat format, String environment, String version) {
  @Override
  public String toString() {
    return "AlertTarget[" + format + "]";
  }
}
