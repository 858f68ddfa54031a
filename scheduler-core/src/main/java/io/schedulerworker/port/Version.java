package io.schedulerworker.port;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A token for one stored value, as the store that gave it made it. Equal tokens of one key mean equal values, so a
 * write by somebody who knows nothing of tokens changes it too. That a value was changed and changed back does not
 * show: what must notice that carries a nonce in its value.
 *
 * <p>A store whose tokens cost something, as a digest of a large value does, may leave one to be computed when somebody
 * asks: {@link #lazy}. Comparing, hashing and showing a version ask. Until then it may keep the value in memory that the
 * token is computed from: who keeps versions for long and without their values asks for the {@link #token} before.
 *
 * <p>Immutable to all who look, and thread-safe.
 */
public final class Version {
  private final Supplier<String> token;

  /**
   * A version whose token is known.
   *
   * @param token opaque; short enough to keep and to log
   */
  public Version(String token) {
    this(() -> token);
  }

  private Version(Supplier<String> token) {
    this.token = token;
  }

  /**
   * A version whose token is computed once, by the first thread that asks; others that ask meanwhile wait for it. What
   * computes it is let go afterwards. If it throws, so does the call that asked, and the next one tries again.
   *
   * @param token gives what {@link #Version(String)} takes, the same whenever and by whichever thread it is called: it
   *     works on the value as it was read, and never asks the store again
   * @return the version
   */
  public static Version lazy(Supplier<String> token) {
    return new Version(new Once(token));
  }

  /**
   * The token, computed now if nobody asked before.
   *
   * @return opaque; short enough to keep and to log
   */
  public String token() {
    return token.get();
  }

  /** Whether the other is a version with the same token. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof Version version && token().equals(version.token()));
  }

  @Override
  public int hashCode() {
    return token().hashCode();
  }

  /** The token. */
  @Override
  public String toString() {
    return token();
  }

  /**
   * A token that is computed at the first use. An object of its own, behind a final field: so a version is seen whole even
   * by a thread that got it through a race.
   */
  private static final class Once implements Supplier<String> {
    private @Nullable Supplier<String> source;
    private @Nullable String token;

    Once(Supplier<String> source) {
      this.source = source;
    }

    @Override
    public synchronized String get() {
      String known = token;
      if (known == null) {
        known = Objects.requireNonNull(Objects.requireNonNull(source).get());
        token = known;
        // It holds on to the value, which must not live as long as the version does.
        source = null;
      }
      return known;
    }
  }
}
