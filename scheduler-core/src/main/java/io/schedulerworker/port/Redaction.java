package io.schedulerworker.port;

import java.util.BitSet;
import java.util.function.IntUnaryOperator;

/**
 * A text of others, in which secrets are looked for: as they are, as JSON or a URL has them, and their beginnings at its
 * end, where somebody may have cut it. In time that grows with the text and the secrets' lengths, but not faster than
 * their product. For one thread.
 */
final class Redaction {
  private static final String MARK = "***";

  private final String text;
  private final PlainText readable;
  private final String plain;
  private final BitSet secret = new BitSet();

  Redaction(String text) {
    this.text = text;
    this.readable = PlainText.of(text);
    this.plain = readable.toString();
  }

  void hide(HiddenText hidden) {
    hide(hidden.exact(), text, at -> at, at -> at + 1);
    hideBeginning(hidden.exact(), text, text.length(), at -> at);
    for (HiddenText.Form each : hidden.plain()) {
      hide(each, plain, readable::begin, readable::end);
      hideBeginning(each, plain, plain.length(), readable::begin);
      hideBeginning(each, plain, readable.whole(), readable::begin);
    }
  }

  private void hide(
      HiddenText.Form hidden, String among, IntUnaryOperator begin, IntUnaryOperator end) {
    String whole = hidden.text();
    int last = whole.length() - 1;
    for (int at = among.indexOf(whole); at >= 0; at = among.indexOf(whole, at + 1)) {
      secret.set(begin.applyAsInt(at), end.applyAsInt(at + last));
    }
  }

  /** To the text's very end: what follows is the rest of a code. */
  private void hideBeginning(
      HiddenText.Form hidden, String among, int end, IntUnaryOperator begin) {
    String whole = hidden.text();
    int latest = end - hidden.telling();
    for (int at = Math.max(0, end - whole.length() + 1); at <= latest; at++) {
      if (among.regionMatches(at, whole, 0, end - at)) {
        secret.set(begin.applyAsInt(at), text.length());
      }
    }
  }

  /** The text with a mark in place of each secret. */
  String shown() {
    if (secret.isEmpty()) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int from = secret.nextSetBit(at);
      int to = from < 0 ? text.length() : from;
      shown.append(text, at, to).append(from < 0 ? "" : MARK);
      at = from < 0 ? to : secret.nextClearBit(from);
    }
    return shown.toString();
  }
}
