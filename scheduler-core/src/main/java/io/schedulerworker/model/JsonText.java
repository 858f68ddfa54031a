package io.schedulerworker.model;

/**
 * A JSON value that is passed on, not understood: kept as its text, so that it is written as it was read.
 *
 * @param text one well-formed JSON value
 */
public record JsonText(String text) {
  @Override
  public String toString() {
    return text;
  }
}
