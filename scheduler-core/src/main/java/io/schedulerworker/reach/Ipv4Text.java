package io.schedulerworker.reach;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * IPv4 addresses as text. There is one way to write them that everybody reads alike: four decimal numbers without
 * leading zeros (RFC 3986). What else programs take for an IPv4 address (octal, hexadecimal and shorter forms, as of
 * inet_aton), they take for different ones.
 */
final class Ipv4Text {
  private static final int NUMBERS = 4;
  private static final Pattern DECIMAL = Pattern.compile("0|[1-9]\\d{0,2}");
  private static final Pattern NUMBER = Pattern.compile("\\d+|0x[0-9a-f]*");

  private Ipv4Text() {}

  static Optional<byte[]> parse(String text) {
    String[] numbers = text.split("\\.", -1);
    if (numbers.length != NUMBERS) {
      return Optional.empty();
    }
    byte[] bytes = new byte[NUMBERS];
    for (int i = 0; i < NUMBERS; i++) {
      int number = DECIMAL.matcher(numbers[i]).matches() ? Integer.parseInt(numbers[i]) : 256;
      if (number > 255) {
        return Optional.empty();
      }
      bytes[i] = (byte) number;
    }
    return Optional.of(bytes);
  }

  /** Whether some program may take a plain host name for an IPv4 address: its last label is a number. */
  static boolean isNumeric(String host) {
    return NUMBER.matcher(host.substring(host.lastIndexOf('.') + 1)).matches();
  }

  static String write(byte[] bytes) {
    return (bytes[0] & 0xff) + "." + (bytes[1] & 0xff) + "." + (bytes[2] & 0xff) + "."
        + (bytes[3] & 0xff);
  }
}
