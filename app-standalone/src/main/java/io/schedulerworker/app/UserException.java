package io.schedulerworker.app;

import java.util.List;

/** Mistakes that the user can put right, a line each: what, where, what to do. */
final class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> lines;

  UserException(String line) {
    this(List.of(line));
  }

  UserException(List<String> lines) {
    super(String.join("; ", lines));
    this.lines = List.copyOf(lines);
  }

  List<String> lines() {
    return lines;
  }
}
