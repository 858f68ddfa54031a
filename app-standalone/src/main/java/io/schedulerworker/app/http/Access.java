package io.schedulerworker.app.http;

/** Who may call a {@link Route}. */
public enum Access {
  /** Anybody. The handler can still ask whether the request carried a key: {@link Request#hasKey()}. */
  OPEN,
  /**
   * Who sends a key; one that is read-only is good for {@code GET} and {@code HEAD}. Others get 401, or 403 where no key is
   * configured or the key is not good for this, or 429 after too many wrong ones, and their body is not read.
   */
  KEY,
  /**
   * Who sends a key, as above, or a query with a {@code signature}, which the handler has to check: {@link
   * Request#hasKey()} is false then, whatever else was sent, and a 401 from the handler counts as a failed attempt.
   */
  KEY_OR_SIGNATURE
}
