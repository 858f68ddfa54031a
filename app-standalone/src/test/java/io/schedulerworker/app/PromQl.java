package io.schedulerworker.app;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names in an expression of PromQL: what series it selects by which labels, and what it groups by. No more than that. */
final class PromQl {
  private static final Pattern TOKEN = Pattern.compile("\\s+"
      + "|(?<text>\"(?:[^\"\\\\]|\\\\.)*\")"
      + "|(?<range>\\[[^]]*])"
      + "|(?<number>[0-9][0-9a-z.]*)"
      + "|(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)"
      + "|(?<sign>=~|!~|!=|==|>=|<=|[-+*/%^<>=(){},])");
  private static final Set<String> GROUPINGS =
      Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
  private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset");

  /** A selection of series: the name, and for each label what it is compared with. */
  record Selection(String name, Map<String, String> labels) {}

  private final List<String> tokens = new ArrayList<>();
  private final List<Selection> selections = new ArrayList<>();
  private final Set<String> groupings = new LinkedHashSet<>();
  private int at;

  private PromQl() {}

  /** Reads an expression; one with a character that is not understood fails. */
  static PromQl of(String expression) {
    PromQl read = new PromQl();
    read.split(expression);
    while (read.at < read.tokens.size()) {
      read.next();
    }
    return read;
  }

  private void split(String expression) {
    Matcher token = TOKEN.matcher(expression);
    int end = 0;
    while (token.find() && token.start() == end) {
      end = token.end();
      if (token.group("range") == null && !token.group().isBlank()) {
        tokens.add(token.group());
      }
    }
    if (end < expression.length()) {
      throw new AssertionError("not understood: " + expression.substring(end));
    }
  }

  private void next() {
    String token = tokens.get(at++);
    if (GROUPINGS.contains(token)) {
      group();
    } else if (isName(token) && !WORDS.contains(token) && !isFunction()) {
      selections.add(new Selection(token, labels()));
    }
  }

  private static boolean isName(String token) {
    return Character.isLetter(token.charAt(0)) || token.charAt(0) == '_';
  }

  /** A function, or an aggregation whose grouping comes first. */
  private boolean isFunction() {
    return peek().equals("(") || GROUPINGS.contains(peek());
  }

  private String peek() {
    return at < tokens.size() ? tokens.get(at) : "";
  }

  private void group() {
    if (peek().equals("(")) {
      for (at++; !peek().equals(")"); at++) {
        if (!peek().equals(",")) {
          groupings.add(peek());
        }
      }
    }
  }

  private Map<String, String> labels() {
    Map<String, String> compared = new LinkedHashMap<>();
    if (peek().equals("{")) {
      for (at++; !peek().equals("}"); at++) {
        if (isName(peek())) {
          String text = tokens.get(at + 2);
          compared.put(peek(), text.substring(1, text.length() - 1));
        }
      }
    }
    return compared;
  }

  List<Selection> selections() {
    return selections;
  }

  /** The labels that anything is grouped or matched by. */
  Set<String> groupings() {
    return groupings;
  }

  /** What the labels are compared with, without what Grafana puts in: each alternative by itself. */
  Set<String> texts() {
    Set<String> texts = new HashSet<>();
    for (Selection selection : selections) {
      for (String text : selection.labels().values()) {
        if (!text.contains("$")) {
          texts.addAll(List.of(text.split("\\|")));
        }
      }
    }
    return texts;
  }
}
