package io.schedulerworker.app.api;

import io.schedulerworker.app.http.ProblemException;
import io.schedulerworker.app.http.Request;
import io.schedulerworker.model.Texts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The parameters of a request; each mistake is a {@link ProblemException} with 400 that names the parameter. */
final class Query {
  private final Map<String, List<String>> values;

  private Query(Map<String, List<String>> values) {
    this.values = values;
  }

  /** The query of a request that may have these parameters, each once: a misspelt filter must not list everything. */
  static Query of(Request request, Set<String> allowed) {
    request.query().forEach((name, values) -> {
      if (!allowed.contains(name)) {
        throw new ProblemException(
            400,
            "there is no parameter " + Texts.quote(Texts.line(name, 80)) + ": " + allowed(allowed));
      }
      if (values.size() > 1) {
        throw new ProblemException(400, "the parameter " + name + " is given more than once");
      }
    });
    return new Query(request.query());
  }

  private static String allowed(Set<String> names) {
    return names.isEmpty()
        ? "this path takes none"
        : "known are " + String.join(", ", names.stream().sorted().toList());
  }

  /** A parameter's value, read; empty if it is absent or has no text. */
  <T> Optional<T> find(String name, Function<String, T> reader, String expected) {
    return Optional.ofNullable(values.get(name))
        .map(all -> all.get(0))
        .filter(text -> !text.isEmpty())
        .map(text -> read(name, text, reader, expected));
  }

  private static <T> T read(String name, String text, Function<String, T> reader, String expected) {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          400, name + " is " + Texts.quote(Texts.line(text, 80)) + ", and must be " + expected);
    }
  }
}
