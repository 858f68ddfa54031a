package io.schedulerworker.testing;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A secret that servers repeat, and the search for it in what is said afterwards.
 *
 * @param text the secret, printable ASCII
 */
public record PlantedSecret(String text) {
  /** A secret with all in it that JSON, URLs and patterns have another meaning for. */
  public static final PlantedSecret HARD =
      new PlantedSecret("Zq7/kW+x=Jv3\"B8\\nuT9\\\\pR%2fHd5\\u0041.*Lm6$1Gs=");

  /** What is shorter helps nobody to find the rest. */
  private static final int PIECE = 8;

  private static final Pattern UNICODE = Pattern.compile("\\\\+u([0-9a-fA-F]{4})");
  private static final Pattern PERCENT = Pattern.compile("%([0-9a-fA-F]{2})");

  /**
   * The ways in which servers write it.
   *
   * @return as it is, as JSON has it, in JSON within JSON, in a URL
   */
  public List<String> ways() {
    return List.of(text, json(), slashes(), unicode(), json(json()), percent(false), percent(true));
  }

  /**
   * As most writers of JSON have it.
   *
   * @return what stands between quotes
   */
  public String json() {
    return json(text);
  }

  private static String json(String plain) {
    return plain.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /**
   * As writers have it that escape what JSON lets them.
   *
   * @return what stands between quotes
   */
  public String slashes() {
    return json()
        .replace("/", "\\/")
        .replace("+", "\\u002B")
        .replace("=", "\\u003d")
        .replace("$", "\\u0024");
  }

  /**
   * With every character escaped.
   *
   * @return what stands between quotes
   */
  public String unicode() {
    return text.chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining());
  }

  /**
   * As a URL has it.
   *
   * @param all whether letters and digits are escaped too
   * @return what may stand in a path or a query
   */
  public String percent(boolean all) {
    return text.chars()
        .mapToObj(c -> all || !Character.isLetterOrDigit(c)
            ? "%%%02x".formatted(c).toUpperCase(Locale.ROOT)
            : Character.toString(c))
        .collect(Collectors.joining());
  }

  /**
   * Looks for the secret, and for pieces of it.
   *
   * @param said any text
   * @return a piece of eight characters that the text has in some way; empty if there is none
   */
  public Optional<String> pieceIn(String said) {
    List<String> read = readings(said);
    return readings(text).stream()
        .flatMap(PlantedSecret::pieces)
        .filter(piece -> read.stream().anyMatch(each -> each.contains(piece)))
        .findFirst();
  }

  private static Stream<String> pieces(String of) {
    int length = Math.min(PIECE, of.length());
    return IntStream.rangeClosed(0, of.length() - length)
        .mapToObj(at -> of.substring(at, at + length));
  }

  /** What a text may stand for. Backslashes tell nobody anything. */
  private static List<String> readings(String written) {
    String json = resolved(UNICODE, written);
    return Stream.of(written, json, resolved(PERCENT, json), resolved(PERCENT, written))
        .map(each -> each.replace("\\", "").strip())
        .distinct()
        .toList();
  }

  private static String resolved(Pattern code, String written) {
    return code.matcher(written)
        .replaceAll(found ->
            Matcher.quoteReplacement(Character.toString(Integer.parseInt(found.group(1), 16))));
  }
}
