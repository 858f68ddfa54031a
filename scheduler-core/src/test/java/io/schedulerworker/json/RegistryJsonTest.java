package io.schedulerworker.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.schedulerworker.model.FormatException;
import io.schedulerworker.model.Kpi;
import io.schedulerworker.model.KpiRegistry;
import io.schedulerworker.model.RegistryFinding;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryJsonTest {
  private static final String SEED = """
      {"kpis":[{"id":"cmc-btc-price","name":"Bitcoin Price (CMC)","description":"Current Bitcoin \
      price from CoinMarketCap","type":"price","active":true,"webhookUrl":"https://n8n.example.com/\
      webhook/btc-price","analysisConfig":{"chartType":"line","alertThresholds":{"high":50000,"low\
      ":30000}},"metadata":{"source":"coinmarketcap","updateFrequency":"daily","category":"price"}}\
      ],"metadata":{"lastUpdated":"2025-08-14T12:00:00Z","version":"1.0.0","totalKPIs":1,\
      "activeKPIs":1}}""";

  private static String kpi(String fields) {
    return "{\"kpis\":[{" + fields.replace('\'', '"') + "}]}";
  }

  private static final String GOOD = "'id':'a','name':'A','type':'t','webhookUrl':'http://n8n/x'";

  private static RegistryFinding onlyFinding(String text) {
    KpiRegistry registry = RegistryJson.read(text);
    assertThat(registry.findings()).hasSize(1);
    return registry.findings().get(0);
  }

  @Test
  void theSeedsRegistryIsReadAndWrittenBackToTheLetter() {
    KpiRegistry registry = RegistryJson.read(SEED);
    assertThat(RegistryJson.write(registry)).isEqualTo(SEED);
    assertThat(registry.findings()).isEmpty();
    Kpi kpi = registry.active().get(0);
    assertThat(kpi.id()).isEqualTo("cmc-btc-price");
    assertThat(kpi.name()).isEqualTo("Bitcoin Price (CMC)");
    assertThat(kpi.description()).startsWith("Current Bitcoin");
    assertThat(kpi.type()).isEqualTo("price");
    assertThat(kpi.webhook()).hasHost("n8n.example.com");
  }

  /** Their hashes are equal whatever the parser's seed: a strict table of names would refuse the whole document. */
  @Test
  void namesThatCollideAreNamesLikeOthers() {
    String members = IntStream.range(0, 1 << 12)
        .mapToObj(i -> "'" + colliding(i) + "':" + i)
        .collect(Collectors.joining(","));
    String text = kpi(GOOD + ",'active':true," + members);
    KpiRegistry registry = RegistryJson.read(text);
    assertThat(registry.active()).hasSize(1);
    assertThat(RegistryJson.write(registry)).contains("\"" + colliding(4095) + "\":4095");
  }

  /** Twelve pairs of characters, of two that 33 times the first plus the second makes equal. */
  private static String colliding(int number) {
    StringBuilder name = new StringBuilder();
    for (int bit = 0; bit < 12; bit++) {
      name.append((number >> bit & 1) == 0 ? "ab" : "bA");
    }
    return name.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'kpis':[{GOOD,'active':true,'owner':'me','o':{'x':[null]}}],'metadata':null,'v':2}",
        "{'kpis':[7,null,'x',{'id':'a'},{GOOD,'active':true},{GOOD}]}",
        "{'kpis':[{GOOD,'active':'yes','description':null}]}",
        "{'kpis':[{GOOD,'active':1,'description':5,'analysisConfig':null,'metadata':[]}]}",
        "{'kpis':[]}"
      })
  void nothingIsLostWhenARegistryIsReadAndWritten(String text) throws IOException {
    String json = text.replace("GOOD", GOOD).replace('\'', '"');
    ObjectMapper mapper = new ObjectMapper();
    assertThat(mapper.readTree(RegistryJson.write(RegistryJson.read(json))))
        .isEqualTo(mapper.readTree(json));
  }

  @Test
  void numbersKeepTheirDigits() {
    String text =
        kpi(GOOD.replace(",'web", ",'active':false,'web") + ",'n':1.50,'big':12345678901234567890");
    assertThat(RegistryJson.write(RegistryJson.read(text))).isEqualTo(text);
  }

  @Test
  void aKpiIsActiveOnlyIfItSaysTrue() {
    assertThat(RegistryJson.read(kpi(GOOD)).active()).isEmpty();
    assertThat(RegistryJson.read(kpi(GOOD + ",'active':false")).active()).isEmpty();
    assertThat(RegistryJson.read(kpi(GOOD + ",'active':true")).active()).hasSize(1);
    KpiRegistry text = RegistryJson.read(kpi(GOOD + ",'active':'true'"));
    assertThat(text.active()).isEmpty();
    assertThat(text.findings().get(0))
        .hasToString("kpis[0] (id \"a\"): active is a string, not true; this KPI is not active");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
          'name':'A','type':'t','webhookUrl':'http://n/x'                    | id | is missing
          'id':7,'name':'A','type':'t','webhookUrl':'http://n/x'             | id | is a number, not a string
          'id':' ','name':'A','type':'t','webhookUrl':'http://n/x'           | id | is blank
          'id':'a\\nb','name':'A','type':'t','webhookUrl':'http://n/x'       | id | has a control character
          'id':'\\ud800','name':'A','type':'t','webhookUrl':'http://n/x'     | id | has half a character (a lone surrogate)
          'id':'a','type':'t','webhookUrl':'http://n/x'                      | name | is missing
          'id':'a','name':null,'type':'t','webhookUrl':'http://n/x'          | name | is null, not a string
          'id':'a','name':'A','webhookUrl':'http://n/x'                      | type | is missing
          'id':'a','name':'A','type':true,'webhookUrl':'http://n/x'          | type | is true, not a string
          'id':'a','name':'A','type':'t'                                     | webhookUrl | is missing
          'id':'a','name':'A','type':'t','webhookUrl':['x']                  | webhookUrl | is a list, not a string
          'id':'a','name':'A','type':'t','webhookUrl':''                     | webhookUrl | is blank
          'id':'a','name':'A','type':'t','webhookUrl':'/x'                   | webhookUrl | "/x" is not absolute: it must begin with http:// or https://
          """)
  void aKpiThatLacksSomethingIsLeftOutAndSaysWhy(String fields, String field, String reason) {
    RegistryFinding finding = onlyFinding(kpi(fields + ",'active':true"));
    assertThat(finding.field()).isEqualTo(field);
    assertThat(finding.reason()).isEqualTo(reason);
    assertThat(finding.leftOut()).isTrue();
    assertThat(finding.index()).isZero();
    assertThat(RegistryJson.read(kpi(fields + ",'active':true")).active()).isEmpty();
  }

  @Test
  void everyProblemOfAKpiIsFound() {
    assertThat(RegistryJson.read("{\"kpis\":[{}]}").findings())
        .extracting(RegistryFinding::field)
        .containsExactly("id", "name", "type", "webhookUrl");
  }

  @Test
  void anIdHasUpTo256Characters() {
    String longest = "x".repeat(256);
    assertThat(RegistryJson.read(kpi(GOOD.replace("'a'", "'" + longest + "'"))).findings())
        .isEmpty();
    RegistryFinding finding = onlyFinding(kpi(GOOD.replace("'a'", "'" + longest + "x'")));
    assertThat(finding.reason()).isEqualTo("has 257 characters, allowed are 256");
  }

  @Test
  void theFirstOfEqualIdsCountsActiveOrNot() {
    String text = "{\"kpis\":[{" + GOOD + ",'active':false},{" + GOOD + ",'active':true}]}";
    KpiRegistry registry = RegistryJson.read(text.replace('\'', '"'));
    assertThat(registry.active()).isEmpty();
    assertThat(registry.findings().get(0))
        .hasToString("kpis[1] (id \"a\"): id repeats the id of kpis[0]; this KPI is left out");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://me:secret@n8n/x",
        "http://me:secret/secret?secret@n8n:0/x",
        "me:secret@n8n/x",
        "http:me:secret@n8n",
        "http://n8n:0/x?token=secret",
        "http://n8n:0/x#secret",
        "http://n8n:0?token=secret&mail=a@n8n"
      })
  void aSecretInAUrlIsNotShown(String url) {
    RegistryFinding finding = onlyFinding(kpi(GOOD.replace("http://n8n/x", url)));
    assertThat(finding.toString()).doesNotContain("secret").contains("n8n");
  }

  @Test
  void badKpisDoNotDisturbGoodOnes() {
    KpiRegistry registry = RegistryJson.read(
        ("{'kpis':[[],{'id':'x'},{" + GOOD + ",'active':true}]}").replace('\'', '"'));
    assertThat(registry.active()).extracting(Kpi::id).containsExactly("a");
    assertThat(registry.findings().get(0))
        .hasToString("kpis[0]: is a list, not an object; this KPI is left out");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
          ``                | the registry is empty: it must be a JSON object with a list "kpis"
          []                | the registry must be a JSON object with a list "kpis"
          7                 | the registry must be a JSON object with a list "kpis"
          {}                | the registry has no "kpis": it must be a list
          {"kpis":{}}       | the registry's "kpis" must be a list
          {"kpis":null}     | the registry's "kpis" must be a list
          {"kpis":[]} x     | the registry is not valid JSON at line 1, column 13
          {"kpis":[]}{}     | the registry goes on after its end, at line 1, column 12
          {"kpis":[}        | the registry is not valid JSON at line 1, column 10
          {"kpis":[{]       | line 1, column 11: Unexpected close marker ']': expected '}' (it begins at line 1, column 10)
          {"kpis":[         | expected close marker for Array (it begins at line 1, column 9)
          {'kpis':[]}       | the registry is not valid JSON at line 1, column 2
          {"kpis":[1e]}     | the registry is not valid JSON at line 1
          """)
  void whatIsNoRegistryIsRefusedInOneLine(String text, String message) {
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> RegistryJson.read(text))
        .withMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(300));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void nestingWithoutEndIsRefused(String opening) {
    String deep = "{\"kpis\":[" + opening.repeat(100_000);
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> RegistryJson.read(deep))
        .withMessageContaining("nested more than")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
  }

  @Test
  void anEndlessNumberIsRefused() {
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> RegistryJson.read("{\"kpis\":[" + "9".repeat(100_000) + "]}"))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(300));
  }

  @Test
  void hugeStringsAreReadUpToTheSizeOfAStoresValue() {
    String name = "x".repeat(30 << 20);
    Kpi kpi = RegistryJson.read(kpi(GOOD.replace("'A'", "'" + name + "'") + ",'active':true"))
        .active()
        .get(0);
    assertThat(kpi.name()).hasSize(30 << 20);
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> RegistryJson.read(" ".repeat((64 << 20) + 1)))
        .withMessage("the registry is larger than 64 MB");
  }

  @Test
  void aByteOrderMarkIsPassedOver() {
    assertThat(RegistryJson.read("\uFEFF{\"kpis\":[]}").entries()).isEmpty();
  }

  @Test
  void aTestUrlIsCalledButRemarkedOn() {
    KpiRegistry registry = RegistryJson.read("""
        {"kpis":[
          {"id":"a","name":"A","type":"t","active":true,"webhookUrl":"http://n8n/webhook-test/a"},
          {"id":"b","name":"B","type":"t","active":true,"webhookUrl":"http://n8n/webhook/a?x=/webhook-test/"}
        ]}""");
    assertThat(registry.active()).hasSize(2);
    assertThat(registry.findings())
        .singleElement()
        .asString()
        .startsWith("kpis[0] (id \"a\"): webhookUrl has /webhook-test/ in it")
        .doesNotContain("left out");
  }

  @Test
  void aUserInAUrlIsRemarkedOnAndNotShown() {
    KpiRegistry registry = RegistryJson.read("""
        {"kpis":[
          {"id":"a","name":"A","type":"t","active":true,"webhookUrl":"http://me:hush@n8n/webhook/a"},
          {"id":"b","name":"B","type":"t","active":true,"webhookUrl":"http://n8n/webhook/a?to=me@n8n"}
        ]}""");
    assertThat(registry.active()).hasSize(2);
    assertThat(registry.findings())
        .singleElement()
        .asString()
        .startsWith("kpis[0] (id \"a\"): webhookUrl has a user before its host")
        .doesNotContain("left out", "hush");
  }

  @Test
  void ofAMemberThatIsThereTwiceTheLastCounts() {
    String common = "\"id\":\"a\",\"name\":\"A\",\"type\":\"t\",\"webhookUrl\":\"http://n8n/a\"";
    KpiRegistry registry = RegistryJson.read("{\"kpis\":[{" + common
        + ",\"active\":true,\"active\":1,\"description\":5,\"description\":\"d\"}]}");

    assertThat(registry.active()).isEmpty();
    assertThat(RegistryJson.read(RegistryJson.write(registry)).entries())
        .isEqualTo(registry.entries());
    assertThat(RegistryJson.write(registry))
        .containsOnlyOnce("\"active\"")
        .containsOnlyOnce("\"description\"");
  }
}
