package io.schedulerworker.app.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds the route of a request. Of several that match, the first of the list counts. */
final class Router {
  /** What there is for a method and a path. */
  sealed interface Finding {}

  /** A route and the segments that are its parameters, decoded. */
  record Match(Route route, Map<String, String> parameters) implements Finding {}

  /** Nothing, perhaps but other methods, in their order; the answer says so. */
  record Nothing(Set<String> methods, Response answer) implements Finding {}

  private record Entry(PathTemplate template, Route route) {}

  private final List<Entry> entries = new ArrayList<>();

  Router(List<Route> routes) {
    for (Route route : routes) {
      entries.add(new Entry(new PathTemplate(route.template()), route));
    }
  }

  /** What there is; a {@link ProblemException} with 400 if a parameter's encoding is broken. */
  Finding find(String method, String path) {
    Set<String> allowed = new TreeSet<>();
    for (Entry entry : entries) {
      Map<String, String> raw = entry.template.match(path);
      if (raw != null && entry.route.answers(method)) {
        return new Match(entry.route, decoded(raw));
      }
      if (raw != null) {
        allow(entry.route, allowed);
      }
    }
    return new Nothing(allowed, allowed.isEmpty() ? unknown() : wrongMethod(allowed));
  }

  private static void allow(Route route, Set<String> allowed) {
    allowed.add(route.method());
    if (route.answers("HEAD")) {
      allowed.add("HEAD");
    }
  }

  private static Map<String, String> decoded(Map<String, String> raw) {
    Map<String, String> parameters = new HashMap<>();
    raw.forEach((name, value) -> parameters.put(name, PercentEncoding.decode(value)));
    return Map.copyOf(parameters);
  }

  private static Response unknown() {
    return Problem.of(404, "there is nothing at this path").toResponse();
  }

  private static Response wrongMethod(Set<String> allowed) {
    String methods = String.join(", ", allowed);
    return Problem.of(405, "this path has no such method; it has: " + methods)
        .toResponse()
        .withHeader("Allow", methods);
  }
}
