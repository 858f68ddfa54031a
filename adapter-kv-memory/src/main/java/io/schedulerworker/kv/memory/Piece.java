package io.schedulerworker.kv.memory;

/** A piece of a great value as it is stored: deflated, unless that makes it no smaller. */
final class Piece {
  /** Of how much text a piece is made. */
  static final int CHARACTERS = 1 << 17;

  /** A piece has one character more where it would else end within a surrogate pair. */
  static final int MOST_CHARACTERS = CHARACTERS + 1;

  /** The greatest piece, in bytes of UTF-8. */
  static final int MOST_BYTES = 3 * MOST_CHARACTERS;

  private final int length;
  private final byte[] stored;

  /**
   * A piece.
   *
   * @param length of its text in UTF-8, in bytes
   * @param stored as many bytes: the text; or fewer: the text, deflated
   */
  Piece(int length, byte[] stored) {
    this.length = length;
    this.stored = stored;
  }

  int length() {
    return length;
  }

  byte[] stored() {
    return stored;
  }

  boolean isDeflated() {
    return stored.length < length;
  }
}
