package io.schedulerworker.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Calls services, holds each answer against the description, and remembers which answers came. */
final class ApiTour {
  private static final String[] KEY = {"Authorization", "Bearer " + ApiClient.KEY};

  private final OpenApi api;
  private final Set<String> seen = new TreeSet<>();
  private final List<String> faults = new ArrayList<>();

  ApiTour(OpenApi api) {
    this.api = api;
  }

  /** With the key. */
  OpenApi.Answer keyed(TestService service, String method, String target, String body) {
    return ask(service, method, target, body, KEY);
  }

  /** With the key and another header. */
  OpenApi.Answer keyed(
      TestService service, String method, String target, String body, String name, String value) {
    return ask(service, method, target, body, KEY[0], KEY[1], name, value);
  }

  OpenApi.Answer ask(
      TestService service, String method, String target, String body, String... headers) {
    return say(service, method, target, RawConnection.request(method, target, body, headers));
  }

  /** A request as it is, which is one for this method and this target. */
  OpenApi.Answer say(TestService service, String method, String target, String request) {
    try (RawConnection connection = new RawConnection(service.service().url())) {
      connection.say(request.getBytes(StandardCharsets.UTF_8));
      OpenApi.Answer answer = connection.answer(method.equals("HEAD"));
      note(method, target.split("\\?", 2)[0], answer);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + target, e);
    }
  }

  private void note(String method, String path, OpenApi.Answer answer) {
    api.faults(method, path, answer)
        .forEach(fault -> faults.add(method + " " + path + ": " + fault + ": " + answer));
    seen.add(api.operation(method, path) + " " + answer.status());
  }

  /** Which documented answers came, like {@code GET /api/jobs 200}. */
  Set<String> seen() {
    return seen;
  }

  List<String> faults() {
    return faults;
  }
}
