package io.schedulerworker.system;

import io.schedulerworker.port.IdGenerator;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/** Names drawn from the platform's {@link SecureRandom}. Thread-safe. */
public final class SystemIds implements IdGenerator {
  private static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";
  private static final int SUFFIX_LENGTH = 8;
  private static final int OWNER_LENGTH = 20;

  private final RandomGenerator random = new SecureRandom();

  /** A generator; all are alike. */
  public SystemIds() {}

  @Override
  public String traceSuffix() {
    return draw(SUFFIX_LENGTH);
  }

  @Override
  public String ownerId() {
    return draw(OWNER_LENGTH);
  }

  private String draw(int length) {
    StringBuilder drawn = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      drawn.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
    }
    return drawn.toString();
  }
}
