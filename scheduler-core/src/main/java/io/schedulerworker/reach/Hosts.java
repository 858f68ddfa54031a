package io.schedulerworker.reach;

import java.util.Locale;

/** Host names as they are compared. */
final class Hosts {
  private Hosts() {}

  /** In lower case, and without the dot that says that a name is complete. */
  static String plain(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
