package io.schedulerworker.app.settings;

import java.util.ArrayList;
import java.util.List;

/** Walks through the statements of a TOML document that is known to be one. */
final class TomlScanner {
  private static final String TRIPLE_BASIC = "\"\"\"";
  private static final String TRIPLE_LITERAL = "'''";

  private final String text;
  private int at;
  private int line = 1;

  TomlScanner(String text) {
    this.text = text;
  }

  /** The line of the next character, from 1. */
  int line() {
    return line;
  }

  /** Goes to the next statement, past blank lines and comments; false at the end. */
  boolean toNextStatement() {
    while (at < text.length()) {
      if (peek() == '#') {
        skipLine();
      } else if (Character.isWhitespace(peek())) {
        step();
      } else {
        return true;
      }
    }
    return false;
  }

  boolean skip(char wanted) {
    if (at < text.length() && peek() == wanted) {
      step();
      return true;
    }
    return false;
  }

  /** Reads a key, bare, quoted or dotted, and goes past the sign that ends it. */
  List<String> key() {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    while (at < text.length() && peek() != '\n') {
      char next = peek();
      if (next == '"' || next == '\'') {
        part.append(quoted());
        continue;
      }
      step();
      if (next == '=' || next == ']') {
        break;
      }
      if (next == '.') {
        parts.add(part.toString());
        part.setLength(0);
      } else if (!Character.isWhitespace(next)) {
        part.append(next);
      }
    }
    parts.add(part.toString());
    return parts;
  }

  /** Goes past a value, which may have several lines, and the rest of its last line. */
  void skipValue() {
    int open = 0;
    while (at < text.length()) {
      char next = peek();
      if (next == '"' || next == '\'') {
        quoted();
        continue;
      }
      if (next == '#') {
        skipComment();
        continue;
      }
      open += next == '[' || next == '{' ? 1 : next == ']' || next == '}' ? -1 : 0;
      step();
      if (next == '\n' && open <= 0) {
        return;
      }
    }
  }

  void skipLine() {
    skipComment();
    skip('\n');
  }

  private void skipComment() {
    while (at < text.length() && peek() != '\n') {
      step();
    }
  }

  /** Reads a quoted text; escapes are left as they are, since no key of ours has any. */
  private String quoted() {
    char quote = peek();
    boolean triple = text.startsWith(quote == '"' ? TRIPLE_BASIC : TRIPLE_LITERAL, at);
    int opening = triple ? 3 : 1;
    skipMany(opening);
    int begin = at;
    while (at < text.length() && !closes(quote, opening)) {
      skipMany(quote == '"' && peek() == '\\' ? 2 : 1);
    }
    String content = text.substring(begin, at);
    skipMany(opening);
    // A triple quote may be preceded by quotes that belong to the text.
    while (triple && at < text.length() && peek() == quote) {
      step();
    }
    return content;
  }

  private boolean closes(char quote, int length) {
    return length == 1 ? peek() == quote : text.startsWith(String.valueOf(quote).repeat(3), at);
  }

  private void skipMany(int count) {
    for (int i = 0; i < count && at < text.length(); i++) {
      step();
    }
  }

  private char peek() {
    return text.charAt(at);
  }

  private void step() {
    if (text.charAt(at) == '\n') {
      line++;
    }
    at++;
  }
}
