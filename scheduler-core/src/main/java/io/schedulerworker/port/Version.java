package io.schedulerworker.port;

/**
 * A token for one stored value, as the store that gave it made it. Equal tokens of one key mean equal values, so a
 * write by somebody who knows nothing of tokens changes it too. That a value was changed and changed back does not
 * show: what must notice that carries a nonce in its value.
 *
 * @param token opaque; short enough to keep and to log
 */
public record Version(String token) {
  @Override
  public String toString() {
    return token;
  }
}
