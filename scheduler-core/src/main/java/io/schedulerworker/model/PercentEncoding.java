package io.schedulerworker.model;

import java.nio.charset.StandardCharsets;

/** Percent-encoding of all but the unreserved characters of RFC 3986, section 2.3, as UTF-8. */
final class PercentEncoding {
  private static final String HEX = "0123456789ABCDEF";

  private PercentEncoding() {}

  static String encode(String text) {
    return isUnreserved(text) ? text : encoded(text);
  }

  private static String encoded(String text) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      append(encoded, octet & 0xff);
    }
    return encoded.toString();
  }

  private static void append(StringBuilder encoded, int octet) {
    if (isUnreserved(octet)) {
      encoded.append((char) octet);
    } else {
      encoded.append('%').append(HEX.charAt(octet >> 4)).append(HEX.charAt(octet & 0xf));
    }
  }

  private static boolean isUnreserved(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isUnreserved(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUnreserved(int octet) {
    return (octet >= 'a' && octet <= 'z')
        || (octet >= 'A' && octet <= 'Z')
        || (octet >= '0' && octet <= '9')
        || "-._~".indexOf(octet) >= 0;
  }
}
