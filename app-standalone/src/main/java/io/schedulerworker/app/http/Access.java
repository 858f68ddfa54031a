package io.schedulerworker.app.http;

/** Who may call a {@link Route}. */
public enum Access {
  /** Anybody. The handler can still ask whether the request carried the key: {@link Request#hasKey()}. */
  OPEN,
  /** Who sends the key. Others get 401, or 403 where no key is configured, and their body is not read. */
  KEY,
  /**
   * Who sends the key, or a query with a {@code signature}, which the handler has to check: {@link Request#hasKey()} says
   * nothing of it.
   */
  KEY_OR_SIGNATURE
}
