package io.schedulerworker.app.http;

import java.util.Optional;

/** Whether a request gets in. */
sealed interface Admission {
  /** Whose key the request came with and that counts for it; empty if none does. */
  Optional<String> caller();

  /**
   * It does.
   *
   * @param caller as above
   * @param isSigned whether it is the handler that says whether it really may, by the signature
   */
  record Granted(Optional<String> caller, boolean isSigned) implements Admission {}

  /**
   * It does not.
   *
   * @param caller as above
   * @param answer says why
   */
  record Denied(Optional<String> caller, Response answer) implements Admission {}
}
