package io.schedulerworker.port;

/** Names that nobody else draws. Implementations are thread-safe and do not block. */
public interface IdGenerator {
  /**
   * The suffix of a manual job's trace id.
   *
   * @return 8 characters of {@code [a-z0-9]}, drawn evenly
   */
  String traceSuffix();

  /**
   * The name of one process that takes part, new for every start.
   *
   * @return 1 to 64 characters of {@code [a-z0-9-]}, with at least 64 random bits
   */
  String ownerId();
}
