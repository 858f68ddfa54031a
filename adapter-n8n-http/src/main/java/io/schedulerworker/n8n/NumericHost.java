package io.schedulerworker.n8n;

/** Hosts that are addresses already: nobody has to look them up. */
final class NumericHost {
  private NumericHost() {}

  /** Whether it is an IPv4 address of four decimal numbers, or an IPv6 address in brackets without a zone. */
  static boolean is(String host) {
    return host.startsWith("[") ? host.indexOf('%') < 0 : isIpv4(host);
  }

  private static boolean isIpv4(String host) {
    int dots = 0;
    for (int i = 0; i < host.length(); i++) {
      char each = host.charAt(i);
      if (each == '.') {
        dots++;
      } else if (each < '0' || each > '9') {
        return false;
      }
    }
    return dots == 3;
  }
}
