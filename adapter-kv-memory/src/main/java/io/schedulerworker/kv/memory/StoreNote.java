package io.schedulerworker.kv.memory;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands in {@code PATH.lock}: who has the store, that there is one, and how large it was when it was last closed in
 * order. So a file that was emptied, cut off or lost is not taken for a new store.
 *
 * @param pid the owner, or the last one; empty if nobody ever had it
 * @param made whether the store has ever been there
 * @param size the size of a store that was closed in order; empty if it was not, or is open
 */
record StoreNote(OptionalLong pid, boolean made, OptionalLong size) {
  private static final Pattern TEXT =
      Pattern.compile("(?:pid (\\d{1,18})\n)?(made\n)?(?:size (\\d{1,18})\n)?.*", Pattern.DOTALL);

  static StoreNote parse(String text) {
    Matcher parts = TEXT.matcher(text);
    boolean matches = parts.matches();
    return new StoreNote(
        number(matches ? parts.group(1) : null),
        matches && parts.group(2) != null,
        number(matches ? parts.group(3) : null));
  }

  private static OptionalLong number(@Nullable String digits) {
    return digits == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(digits));
  }

  String text() {
    return (pid.isPresent() ? "pid " + pid.getAsLong() + "\n" : "")
        + (made ? "made\n" : "")
        + (size.isPresent() ? "size " + size.getAsLong() + "\n" : "");
  }

  /** The owner in words. */
  String owner() {
    return pid.isPresent() ? "the process with pid " + pid.getAsLong() : "another process";
  }

  StoreNote ownedBy(long owner) {
    return new StoreNote(OptionalLong.of(owner), made, size);
  }

  StoreNote opened() {
    return new StoreNote(pid, true, OptionalLong.empty());
  }

  StoreNote closed(long bytes) {
    return new StoreNote(pid, true, OptionalLong.of(bytes));
  }
}
