package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the jar is made of, and under which licences: the bill of materials in it, and the page about it. */
class SbomIT {
  private static final String ENTRY = "META-INF/sbom/scheduler-worker.cdx.json";
  private static final Path PAGE = Path.of("..", "docs", "dependencies.md");
  private static final String BEGIN = "<!-- licences: begin -->\n";
  private static final String END = "<!-- licences: end -->\n";

  /** Each lets a program under the Apache License have the library in it. */
  private static final Set<String> ALLOWED =
      Set.of("Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "EPL-2.0", "MIT", "MIT-0", "MPL-2.0");

  /** Its pom says "The BSD License" and gives the address of the one with three clauses. */
  private static final Map<String, Set<String>> KNOWN_BETTER =
      Map.of("org.jline", Set.of("BSD-3-Clause"));

  @BeforeAll
  static void isThere() {
    Assumptions.assumeFalse(
        System.getProperty("build.offline").endsWith("true"),
        "a build without the network (mvn -o) makes no bill");
  }

  private static List<JsonNode> components() throws IOException {
    try (JarFile jar = new JarFile(System.getProperty("app.jar"));
        InputStream bill = jar.getInputStream(jar.getEntry(ENTRY))) {
      JsonNode root = new ObjectMapper().readTree(bill);
      assertThat(root.path("bomFormat").textValue()).isEqualTo("CycloneDX");
      return root.path("components").valueStream().toList();
    }
  }

  private static Set<String> licences(JsonNode component) {
    Set<String> known = KNOWN_BETTER.get(component.path("group").textValue());
    return known != null
        ? known
        : component
            .path("licenses")
            .valueStream()
            .map(each -> each.path("license"))
            .map(each -> each.path("id").asText(each.path("name").asText()))
            .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyLibraryMayBeInTheJar() throws IOException {
    assertThat(components())
        .hasSizeGreaterThan(50)
        .allSatisfy(component -> assertThat(licences(component))
            .as(component.path("purl").asText())
            .containsAnyElementsOf(ALLOWED));
  }

  @Test
  void whatIsInTheJarIsInTheBill() throws IOException {
    Set<String> names = components().stream()
        .map(component -> component.path("name").asText())
        .collect(Collectors.toSet());

    assertThat(names)
        .contains(
            "scheduler-core",
            "adapter-n8n-http",
            "jackson-databind",
            "lettuce-core",
            "dynamodb",
            "h2-mvstore",
            "jetty-server",
            "standardwebhooks")
        .doesNotContain("junit-jupiter-api", "archunit", "embedded-redis", "DynamoDBLocal");
  }

  @Test
  void thePageListsThem() throws IOException {
    String page = Files.readString(PAGE);
    String current = page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
        + table()
        + page.substring(page.indexOf(END));
    if ("write".equals(System.getProperty("licences.docs"))) {
      Files.writeString(PAGE, current);
      return;
    }

    assertThat(page)
        .as("docs/dependencies.md is older than the dependencies; rewrite it with"
            + " mvn verify -pl app-standalone -am -Dit.test=SbomIT -Dtest=NoSuch"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false"
            + " -Dlicences.docs=write")
        .isEqualTo(current);
  }

  private static String table() throws IOException {
    Map<String, Set<String>> byLicences = new TreeMap<>();
    for (JsonNode component : components()) {
      if (!component.path("group").asText().equals("io.schedulerworker")) {
        byLicences
            .computeIfAbsent(String.join(" or ", licences(component)), each -> new TreeSet<>())
            .add(component.path("group").asText() + ":" + component.path("name").asText());
      }
    }
    return byLicences.entrySet().stream()
        .map(each -> "| " + each.getKey() + " | " + String.join(", ", each.getValue()) + " |\n")
        .collect(Collectors.joining("", "\n| licence | libraries |\n|---|---|\n", "\n"));
  }
}
