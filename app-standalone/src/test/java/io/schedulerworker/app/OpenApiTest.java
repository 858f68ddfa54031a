package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/openapi.yaml} is what the service does: all of it, and nothing else. */
class OpenApiTest {
  /** Documented, and not provoked here, with the reason why not. */
  private static final Set<String> NOT_PROVOKED = Set.of(
      // It takes ten seconds; LimitsTest has them, with shorter ones.
      ".* 408",
      // A defect, and none is known. What is stored and cannot be read is provoked.
      ".* 500",
      // Where no store is asked, only when the memory for bodies is used up; LimitsTest has that.
      "GET (/api/health/live|/metrics|/api/openapi.yaml) 503");

  private final OpenApi api = OpenApi.read();

  @Test
  void everyRouteIsDescribedAndNothingElseIs() {
    try (TestService service = TestService.start()) {
      Set<String> routes = service.service().routes().stream()
          .map(route -> route.method() + " " + route.template())
          .collect(Collectors.toCollection(TreeSet::new));
      assertThat(api.operations()).containsExactlyInAnyOrderElementsOf(routes);
    }
  }

  @Test
  void itsVersionIsThatOfTheBuild() {
    assertThat(api.root().at("/info/version").asText()).isEqualTo(Version.number());
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    assertThat(api.root().findValuesAsText("$ref"))
        .isNotEmpty()
        .allSatisfy(reference ->
            assertThat(api.root().at(reference.substring(1)).isMissingNode()).isFalse());
  }

  @Test
  void examplesAreWhatTheirSchemasSay() {
    List<String> faults = new ArrayList<>();
    List<JsonNode> withExample = api.root().findParents("example");
    for (JsonNode each : withExample) {
      faults.addAll(api.invalid(each.get("schema"), each.get("example").toString()));
    }
    assertThat(withExample).hasSizeGreaterThan(10);
    assertThat(faults).isEmpty();
  }

  @Test
  void itIsServedAsItIsInTheDocumentation() throws IOException {
    try (TestService service = TestService.start()) {
      ApiClient.Reply reply = service.api().get("/api/openapi.yaml");
      assertThat(reply.body()).isEqualTo(Files.readString(Path.of("../docs/openapi.yaml")));
      assertThat(reply.headers()).containsEntry("Content-Type", "application/yaml");
    }
    try (TestService service =
        TestService.start("SCHEDULER_API_KEY", "", "SCHEDULER_METRICS_PUBLIC", "true")) {
      assertThat(service.api().call("GET", "/api/openapi.yaml", "").status()).isEqualTo(200);
    }
  }

  @Test
  void everyAnswerIsDescribedAndEveryDescribedAnswerIsGiven() throws Exception {
    ApiTour tour = new ApiTour(api);
    ApiScenes scenes = new ApiScenes(api, tour);
    scenes.all();
    assertThat(tour.faults()).isEmpty();
    assertThat(api.documented())
        .filteredOn(each -> !tour.seen().contains(each))
        .filteredOn(each -> NOT_PROVOKED.stream().noneMatch(each::matches))
        .as("documented, and never answered here")
        .isEmpty();
    assertThat(NOT_PROVOKED)
        .as("left out, and documented")
        .allMatch(left -> api.documented().stream().anyMatch(each -> each.matches(left)));
  }

  @Test
  void whatIsNotDescribedIsNoticed() {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    api.root()
        .get("x-every-answer")
        .properties()
        .forEach(each -> headers.put(each.getKey(), each.getValue().asText()));
    headers.put("Content-Type", "application/json");
    assertThat(faults(headers, 200, "{\"jobs\":[],\"next\":null}")).isEmpty();
    assertThat(faults(headers, 418, "{\"jobs\":[],\"next\":null}")).isNotEmpty();
    assertThat(faults(headers, 200, "{\"jobs\":[]}")).isNotEmpty();
    headers.put("Content-Type", "text/html");
    assertThat(faults(headers, 200, "{\"jobs\":[],\"next\":null}")).isNotEmpty();
    headers.put("Content-Type", "application/json");
    headers.remove("Referrer-Policy");
    assertThat(faults(headers, 200, "{\"jobs\":[],\"next\":null}")).isNotEmpty();
  }

  private List<String> faults(Map<String, String> headers, int status, String body) {
    return api.faults("GET", "/api/jobs", new OpenApi.Answer(status, headers, body));
  }
}
