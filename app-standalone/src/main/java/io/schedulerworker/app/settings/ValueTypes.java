package io.schedulerworker.app.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.schedulerworker.CallbackSigner;
import io.schedulerworker.app.alerts.AlertKind;
import io.schedulerworker.cron.CronExpression;
import io.schedulerworker.model.Texts;
import io.schedulerworker.model.WebhookUrl;
import io.schedulerworker.reach.HostPattern;
import io.schedulerworker.reach.HostRule;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The kinds of values that settings have. */
final class ValueTypes {
  private static final int LONGEST_TEXT = 4_096;
  private static final int LONGEST_LIST = 1_000;
  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");

  private ValueTypes() {}

  static ValueType<String> text(String allowed) {
    return new ValueType<>(allowed, ValueTypes::text);
  }

  static ValueType<Secret> secret() {
    return new ValueType<>(
        "a text of up to 4096 characters without control characters",
        value -> new Secret(text(value)));
  }

  static ValueType<String> storeUri() {
    return new ValueType<>("the URI of a store, like file:data/jobs", value -> {
      String uri = text(value);
      if (!URI.matcher(uri).matches()) {
        throw new IllegalArgumentException("it is no URI");
      }
      return uri;
    });
  }

  static ValueType<java.net.URI> publicUrl() {
    return new ValueType<>("a URL like https://scheduler.example.com, without a query", value -> {
      try {
        return CallbackSigner.checked(new java.net.URI(text(value)));
      } catch (URISyntaxException e) {
        throw new IllegalArgumentException("it is no URL", e);
      }
    });
  }

  /** Where something is sent to by itself, which the text does not say to others. */
  static ValueType<Secret> secretUrl() {
    return new ValueType<>("a URL like https://hooks.example.com/…, without a user", value -> {
      String url = text(value);
      WebhookUrl.problem(url).ifPresent(problem -> {
        throw new IllegalArgumentException("it " + problem);
      });
      if (WebhookUrl.hasUser(url)) {
        throw new IllegalArgumentException("it has a user, which would not be sent");
      }
      return new Secret(url);
    });
  }

  static ValueType<AlertKind> alertKind() {
    List<String> names = AlertKind.texts();
    return new ValueType<>("one of " + String.join(", ", names), value -> {
      String name = text(value);
      return AlertKind.of(name)
          .orElseThrow(() -> new IllegalArgumentException(
              "there is no alert " + Texts.quote(name) + Nearest.hint(name, names)));
    });
  }

  static ValueType<Path> path() {
    return new ValueType<>("the path of a file", value -> {
      try {
        return Path.of(text(value));
      } catch (InvalidPathException e) {
        throw new IllegalArgumentException("it is no path: " + e.getReason(), e);
      }
    });
  }

  static ValueType<ZoneId> zone() {
    return new ValueType<>("a time zone, like Europe/Berlin", value -> {
      String name = text(value);
      try {
        return ZoneId.of(name);
      } catch (DateTimeException e) {
        throw new IllegalArgumentException("there is no such zone", e);
      }
    });
  }

  static ValueType<Boolean> truth() {
    return new ValueType<>("true or false", value -> {
      if (value.isBoolean()) {
        return value.booleanValue();
      }
      return switch (text(value)) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new IllegalArgumentException();
      };
    });
  }

  static ValueType<Integer> wholeNumber(int least, int greatest) {
    return new ValueType<>("a whole number from " + least + " to " + greatest, value -> {
      String digits = value.isIntegralNumber() ? value.asText() : text(value);
      if (!digits.matches("-?\\d{1,10}")) {
        throw new IllegalArgumentException();
      }
      long number = Long.parseLong(digits);
      if (number < least || number > greatest) {
        throw new IllegalArgumentException();
      }
      return (int) number;
    });
  }

  /** A number, or a word for leaving it open. */
  static ValueType<OptionalInt> wholeNumberOr(String word, int least, int greatest) {
    ValueType<Integer> number = wholeNumber(least, greatest);
    return new ValueType<>(word + ", or " + number.allowed(), value -> {
      boolean open = value.isTextual() && value.textValue().equals(word);
      return open ? OptionalInt.empty() : OptionalInt.of(number.read(value));
    });
  }

  static ValueType<Duration> duration(Duration least) {
    String bound = least.isZero() ? "" : ", at least " + Durations.text(least);
    return new ValueType<>("a duration like 250ms, 30s, 15m, 24h or 90d" + bound, value -> {
      Duration duration = Durations.parse(value.isIntegralNumber() ? value.asText() : text(value));
      if (duration.compareTo(least) < 0) {
        throw new IllegalArgumentException();
      }
      return duration;
    });
  }

  static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
    List<String> names = Arrays.stream(type.getEnumConstants())
        .map(each -> each.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .toList();
    return new ValueType<>(alternatives(names), value -> {
      int index = names.indexOf(text(value));
      if (index < 0) {
        throw new IllegalArgumentException();
      }
      return type.getEnumConstants()[index];
    });
  }

  private static String alternatives(List<String> names) {
    int last = names.size() - 1;
    return String.join(", ", names.subList(0, last)) + " or " + names.get(last);
  }

  /** In the words of the reader of such rules. */
  static ValueType<HostRule> hostRule() {
    return new ValueType<>(
        "a host like n8n.example.com or *.example.com, or a network like 10.0.0.0/8",
        value -> HostRule.parse(text(value)));
  }

  /** Names and patterns of names, an address only as it is written. */
  static ValueType<List<HostPattern>> hostPatterns() {
    return listOf(
        new ValueType<>(
            "a host like n8n.example.com, n8n.example.com:5678 or *.example.com",
            value -> HostPattern.parse(text(value))),
        ",",
        1);
  }

  /** What stands before a key, as a word. */
  static ValueType<String> keyScheme() {
    return new ValueType<>("a word like Bearer or Basic, or none", value -> {
      String scheme = text(value);
      return scheme.equals("none") ? "" : scheme;
    });
  }

  /** A list, or a text with one or two of them; kept as a text, which a file can give anew. */
  static ValueType<Secret> signingSecrets() {
    return new ValueType<>("one secret, or two: whsec_ and 24 to 64 bytes in base64", value -> {
      String secrets = value.isArray()
          ? elements(value).stream().map(ValueTypes::text).collect(Collectors.joining("\n"))
          : value.asText();
      SigningSecrets.check(secrets);
      return new Secret(secrets);
    });
  }

  /** An expression, as written; a wrong one is refused in the parser's own words. */
  static ValueType<String> cron() {
    return new ValueType<>("a cron expression, like 0 12 * * *", value -> {
      String expression = text(value);
      CronExpression.parse(expression);
      return expression;
    });
  }

  /**
   * A list of such values: a list in a file; in variables and flags a text with a separator between them.
   *
   * @param separator does not occur in the values
   */
  static <T> ValueType<List<T>> listOf(ValueType<T> type, String separator, int least) {
    String allowed = "a list, each " + type.allowed();
    return new ValueType<>(allowed, value -> {
      List<JsonNode> elements = value.isArray() ? elements(value) : split(text(value), separator);
      if (elements.size() < least || elements.size() > LONGEST_LIST) {
        throw new IllegalArgumentException(
            "it has " + elements.size() + " elements, not " + least + " to " + LONGEST_LIST);
      }
      return elements.stream().map(type::read).collect(Collectors.toList());
    });
  }

  /** A text stands for a list of itself alone. */
  static ValueType<List<String>> texts() {
    return new ValueType<>("a text, or a list of texts", value -> {
      Function<JsonNode, String> scalar =
          element -> element.isNumber() || element.isBoolean() ? element.asText() : text(element);
      List<JsonNode> elements = value.isArray() ? elements(value) : List.of(value);
      if (elements.isEmpty()) {
        throw new IllegalArgumentException("it is empty");
      }
      return elements.stream().map(scalar).toList();
    });
  }

  private static List<JsonNode> elements(JsonNode list) {
    List<JsonNode> elements = new ArrayList<>();
    list.forEach(elements::add);
    return elements;
  }

  private static List<JsonNode> split(String text, String separator) {
    return Arrays.stream(text.split(Pattern.quote(separator), -1))
        .map(String::strip)
        .map(element -> (JsonNode) TextNode.valueOf(element))
        .toList();
  }

  /** Refuses what is no text, in words. */
  static String text(JsonNode value) {
    if (!value.isTextual()) {
      throw new IllegalArgumentException("it is " + kind(value));
    }
    String text = value.textValue();
    if (text.isBlank()) {
      throw new IllegalArgumentException("it is blank");
    }
    if (text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException("it is longer than " + LONGEST_TEXT + " characters");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("it has a control character in it, perhaps a line break");
    }
    return text;
  }

  private static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT, POJO -> "a table or a date";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      default -> "no text";
    };
  }
}
