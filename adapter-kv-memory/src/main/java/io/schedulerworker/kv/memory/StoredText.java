package io.schedulerworker.kv.memory;

/** Where the text of a value is. */
sealed interface StoredText {
  /** Its length: in characters, or, in pieces, in bytes, which are no fewer. */
  int length();

  /**
   * Beside its key.
   *
   * @param text all of it
   */
  record Whole(String text) implements StoredText {
    @Override
    public int length() {
      return text.length();
    }
  }

  /**
   * In pieces of its own, so that a great value is neither read nor written when its key is looked at, or its neighbours
   * change.
   *
   * @param first the number of the first piece
   * @param count how many there are, numbered one after the other
   * @param length in bytes of UTF-8
   */
  record InPieces(long first, int count, int length) implements StoredText {}
}
