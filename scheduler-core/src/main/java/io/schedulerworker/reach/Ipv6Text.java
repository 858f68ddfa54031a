package io.schedulerworker.reach;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** IPv6 addresses as text (RFC 4291, section 2.2). */
final class Ipv6Text {
  private static final int GROUPS = 8;
  private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");
  private static final String GAP = "::";

  private Ipv6Text() {}

  static Optional<byte[]> parse(String text) {
    String address = withoutZone(text);
    int gap = address.indexOf(GAP);
    if (gap < 0) {
      return groups(address, true).filter(all -> all.size() == GROUPS).map(Ipv6Text::bytes);
    }
    Optional<List<Integer>> before = groups(address.substring(0, gap), false);
    Optional<List<Integer>> after = groups(address.substring(gap + GAP.length()), true);
    if (before.isEmpty() || after.isEmpty()) {
      return Optional.empty();
    }
    List<Integer> all = new ArrayList<>(before.get());
    int missing = GROUPS - before.get().size() - after.get().size();
    for (int i = 0; i < missing; i++) {
      all.add(0);
    }
    all.addAll(after.get());
    return missing < 1 ? Optional.empty() : Optional.of(bytes(all));
  }

  private static String withoutZone(String text) {
    int percent = text.indexOf('%');
    return percent < 0 ? text : text.substring(0, percent);
  }

  /** The groups between colons; the last of an address may be an IPv4 address, which makes two. */
  private static Optional<List<Integer>> groups(String text, boolean isEnd) {
    List<Integer> groups = new ArrayList<>();
    if (text.isEmpty()) {
      return Optional.of(groups);
    }
    String[] parts = text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      Optional<byte[]> ipv4 =
          isEnd && i == parts.length - 1 ? Ipv4Text.parse(parts[i]) : Optional.empty();
      if (ipv4.isPresent()) {
        byte[] bytes = ipv4.get();
        groups.add(group(bytes, 0));
        groups.add(group(bytes, 1));
      } else if (GROUP.matcher(parts[i]).matches()) {
        groups.add(Integer.parseInt(parts[i], 16));
      } else {
        return Optional.empty();
      }
    }
    return groups.size() > GROUPS ? Optional.empty() : Optional.of(groups);
  }

  private static byte[] bytes(List<Integer> groups) {
    byte[] bytes = new byte[2 * GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      bytes[2 * i] = (byte) (groups.get(i) >>> Byte.SIZE);
      bytes[2 * i + 1] = (byte) (int) groups.get(i);
    }
    return bytes;
  }

  /** All groups, none left out. */
  static String write(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      text.append(i == 0 ? "" : ":").append(Integer.toHexString(group(bytes, i)));
    }
    return text.toString();
  }

  private static int group(byte[] bytes, int number) {
    return ((bytes[2 * number] & 0xff) << Byte.SIZE) | (bytes[2 * number + 1] & 0xff);
  }
}
