package io.schedulerworker.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published vectors; {@code next_as_built} records defects of another program and is not read. */
class VectorsTest {
  @ParameterizedTest
  @MethodSource("utcVectors")
  void firesInUtc(JsonNode vector) {
    assertFires(vector, ZoneOffset.UTC);
  }

  @ParameterizedTest
  @MethodSource("zoneVectors")
  void firesInZone(JsonNode vector) {
    assertFires(vector, ZoneId.of(vector.get("zone").textValue()));
  }

  @ParameterizedTest
  @MethodSource("invalidVectors")
  void rejects(JsonNode vector) {
    String expression = vector.get("expr").textValue();
    assertThatIllegalArgumentException().isThrownBy(() -> CronExpression.parse(expression));
  }

  static Stream<Named<JsonNode>> utcVectors() {
    return vectors("vectors.jsonl")
        .filter(named -> named.getPayload().get("valid").booleanValue());
  }

  static Stream<Named<JsonNode>> invalidVectors() {
    return vectors("vectors.jsonl")
        .filter(named -> !named.getPayload().get("valid").booleanValue());
  }

  static Stream<Named<JsonNode>> zoneVectors() {
    return vectors("zone-vectors.jsonl");
  }

  private static void assertFires(JsonNode vector, ZoneId zone) {
    CronExpression cron = CronExpression.parse(vector.get("expr").textValue());
    ZonedDateTime moment = Instant.parse(vector.get("after").textValue()).atZone(zone);
    for (JsonNode expected : vector.get("next")) {
      Optional<ZonedDateTime> next = cron.nextAfter(moment);
      assertThat(next.map(ZonedDateTime::toInstant)).contains(Instant.parse(expected.textValue()));
      moment = next.orElseThrow();
      assertThat(moment.getZone()).isEqualTo(zone);
      assertThat(cron.matches(moment)).isTrue();
    }
    if (vector.get("next").isEmpty()) {
      assertThat(cron.nextAfter(moment)).isEmpty();
    }
  }

  private static Stream<Named<JsonNode>> vectors(String file) {
    List<Named<JsonNode>> vectors = new ArrayList<>();
    ObjectMapper mapper = new ObjectMapper();
    try (InputStream in = VectorsTest.class.getResourceAsStream(file);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode vector = mapper.readTree(line);
        String zone = vector.path("zone").asText("UTC");
        vectors.add(Named.of(
            vector.get("expr") + " in " + zone + ": " + vector.get("note").textValue(), vector));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return vectors.stream();
  }
}
