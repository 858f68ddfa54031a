package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.app.ApiClient.Reply;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code GET} and {@code PUT /api/registry}. */
class RegistryApiTest {
  private static final String EMPTY = "{\"kpis\":[],\"mine\": 1}";
  private static final String ONE =
      "{ \"kpis\": [" + Registry.kpi("a", "http://127.0.0.1:9/a") + "], \"new\": {\"x\":[]} }\n";

  private TestService service;

  @BeforeEach
  void start() {
    service = TestService.start();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private Reply put(String text, String... headers) {
    return service.api().put("/api/registry", text, headers);
  }

  private Reply get() {
    return service.api().get("/api/registry");
  }

  @Test
  void whatIsPutIsThereAsItWasUnknownFieldsIncluded() {
    assertThat(get().status()).isEqualTo(404);

    Reply put = put(ONE);

    assertThat(put.status()).isEqualTo(200);
    assertThat(put.json())
        .containsEntry("kpis", 1)
        .containsEntry("active", 1)
        .containsEntry("findings", List.of());
    assertThat(get().body()).isEqualTo(ONE);
    assertThat(get().headers()).containsEntry("ETag", put.headers().get("ETag"));
  }

  @Test
  void hostsThatWillNotBeCalledAreReported() {
    Reply put = put(Registry.of(
        Registry.kpi("a", "http://169.254.169.254/latest"),
        Registry.kpi("b", "http://0x7f000001/x"),
        Registry.kpi("c", "http://127.0.0.1:9/x")));
    assertThat(put.status()).isEqualTo(200);
    assertThat(put.json()).containsEntry("active", 3).containsEntry("findingCount", 2);
    assertThat(put.body())
        .contains("webhookUrl\",\"reason\":\"names 169.254.169.254, which is not called")
        .contains("names 0x7f000001, which is not called");
  }

  @Test
  void findingsAreReported() {
    Reply put = put("{\"kpis\":[{\"id\":\"a\"},{\"id\":7}]}");
    assertThat(put.status()).isEqualTo(200);
    assertThat(put.body())
        .contains(
            "{\"index\":0,\"id\":\"a\",\"field\":\"name\",\"reason\":\"is missing\",\"leftOut\":true}")
        .contains("\"index\":1,\"id\":null,\"field\":\"id\"");
  }

  @Test
  void oneOfTwoWhoReadTheSameWins() {
    put(EMPTY);
    String etag = get().headers().get("ETag");

    assertThat(put(ONE, "If-Match", etag).status()).isEqualTo(200);
    Reply late = put(EMPTY, "If-Match", etag);

    assertThat(late.status()).isEqualTo(412);
    assertThat(late.detail()).contains("Nothing was written");
    assertThat(get().body()).isEqualTo(ONE);
    assertThat(
            put(EMPTY, "If-Match", "\"other\", " + get().headers().get("ETag")).status())
        .isEqualTo(200);
    assertThat(put(ONE, "If-Match", "*").status()).isEqualTo(200);
  }

  @Test
  void theFirstIsWrittenOnce() {
    assertThat(put(EMPTY, "If-Match", "*").status()).isEqualTo(412);
    assertThat(put(EMPTY, "If-None-Match", "*").status()).isEqualTo(201);
    assertThat(put(ONE, "If-None-Match", "*").status()).isEqualTo(412);
    assertThat(get().body()).isEqualTo(EMPTY);
  }

  @Test
  void conditionsThatAreNoneAreNamed() {
    put(EMPTY);
    assertThat(put(ONE, "If-Match", "v1").status()).isEqualTo(400);
    assertThat(put(ONE, "If-None-Match", "\"v1\"").status()).isEqualTo(400);
    assertThat(put(ONE, "If-None-Match", "*", "If-Match", "*").status()).isEqualTo(400);
    String weak = "W/" + get().headers().get("ETag");
    assertThat(put(ONE, "If-Match", weak).status()).isEqualTo(412);
    assertThat(get().body()).isEqualTo(EMPTY);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      {"kpis":[          | 400 | not valid JSON
      ``                 | 400 | is empty
      {"kpis":[]} x      | 400 | JSON
      []                 | 422 | must be a JSON object
      {}                 | 422 | has no "kpis"
      {"kpis":{}}        | 422 | kpis
      """)
  void whatIsNoRegistryChangesNothing(String text, int status, String detail) {
    put(ONE);
    Reply reply = put(text);
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.detail()).contains(detail);
    assertThat(get().body()).isEqualTo(ONE);
  }

  @Test
  void aRegistryMayHaveManyMegabytes() {
    String large = "{\"kpis\":[],\"filler\":\"" + "x".repeat(20 << 20) + "\"}";
    assertThat(put(large).status()).isEqualTo(200);
    assertThat(get().body()).isEqualTo(large);
  }
}
