package io.schedulerworker.app.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Origins of pages as browsers send them: scheme, host, and the port unless it is the usual one. */
final class Origins {
  private static final Map<String, Integer> USUAL_PORTS = Map.of("http", 80, "https", 443);

  private Origins() {}

  static ValueType<List<String>> type() {
    return ValueTypes.listOf(
        new ValueType<>(
            "an origin like https://ops.example.com", value -> checked(ValueTypes.text(value))),
        ",",
        0);
  }

  private static String checked(String text) {
    if (text.contains("*")) {
      throw new IllegalArgumentException("with * any page could call; name each origin");
    }
    if (text.equals("null")) {
      throw new IllegalArgumentException("null is what any page can send; name each origin");
    }
    String sent = sent(text);
    if (!sent.equals(text)) {
      throw new IllegalArgumentException("browsers send it as " + sent);
    }
    return text;
  }

  private static String sent(String text) {
    try {
      URI uri = new URI(text);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if (!USUAL_PORTS.containsKey(scheme) || uri.getHost() == null || uri.getUserInfo() != null) {
        throw new IllegalArgumentException("it is no origin");
      }
      boolean isUsual = uri.getPort() < 0 || Objects.equals(uri.getPort(), USUAL_PORTS.get(scheme));
      return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT)
          + (isUsual ? "" : ":" + uri.getPort());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("it is no origin", e);
    }
  }
}
