package io.schedulerworker.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.Version;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Any well-formed text of a legal size is a key and a value, and comes back as it was. */
public abstract class KvStoreTextContract extends KvStoreTestBase {
  private static final List<String> TEXTS = List.of(
      "plain",
      " spaces ",
      "tab\tand\nnew line\r\n",
      "nul \u0000 within",
      "*?[a-z]\\%_^$.+(){}|",
      "'single' \"double\" `back`",
      "{hash tag}:#/&=;,",
      "naïve Größe",
      "日本語",
      "😀 and 👩‍👩‍👧‍👦",
      "composed \u00e9",
      "combined e\u0301",
      "right to left \u202e\u05d0",
      "\ufeffbyte order mark",
      "last of the plane \uffff",
      "last of all \udbff\udfff");

  /** For adapters' tests. */
  protected KvStoreTextContract() {}

  @Test
  void anyTextIsAKey() {
    for (String text : TEXTS) {
      put(key(text), "value of " + text);
    }

    for (String text : TEXTS) {
      assertThat(value(key(text))).as(text).contains("value of " + text);
    }
    assertThat(listNames(KvListing.ascending(key(""), 100)))
        .containsExactlyInAnyOrderElementsOf(TEXTS);
  }

  @Test
  void anyTextIsAValue() {
    for (String text : TEXTS) {
      Version version = put(key("value"), text);
      assertThat(get(key("value"))).contains(new KvEntry(key("value"), text, version));
      assertThat(harness().rawGet(key("value"))).contains(text);
    }
  }

  @Test
  void keysThatLookAlikeAreDifferent() {
    List<String> alike = List.of("e\u0301", "\u00e9", "\u00c9", "E\u0301", "é ", " é");
    for (String text : alike) {
      assertThat(putIfAbsent(key(text), text)).as(text).isPresent();
    }

    for (String text : alike) {
      assertThat(value(key(text))).contains(text);
    }
  }

  @Test
  void keysAreFilledUpTo512Bytes() {
    for (String filler : List.of("k", "é", "€", "😀")) {
      String longest = keyOfBytes(KvStore.MAX_KEY_BYTES, filler);
      put(longest, filler);
      assertThat(value(longest)).contains(filler);
    }
  }

  @Test
  void keysBeyondTheirBoundsAreRejected() {
    assertKeyRejected("");
    assertKeyRejected(keyOfBytes(KvStore.MAX_KEY_BYTES + 1, "k"));
    assertKeyRejected(keyOfBytes(KvStore.MAX_KEY_BYTES + 1, "😀"));
  }

  @Test
  void keysWithUnpairedSurrogatesAreRejected() {
    assertKeyRejected(key("high \ud83d"));
    assertKeyRejected(key("high \ud83d within"));
    assertKeyRejected(key("low \ude00"));
    assertKeyRejected(key("swapped \ude00\ud83d"));
  }

  @Test
  void valuesWithUnpairedSurrogatesAreRejected() {
    assertValueRejected("high \ud83d");
    assertValueRejected("low \ude00 within");
  }

  @Test
  void emptyValuesAreRejected() {
    assertValueRejected("");
  }

  @Test
  void aSingleByteIsAValue() {
    put(key("short"), "0");

    assertThat(value(key("short"))).contains("0");
  }

  @Test
  void valuesAroundTheUsualLimitsComeBack() {
    for (int size : List.of(4_095, 65_536, 400 * 1024, 400 * 1024 + 1, 1 << 20)) {
      String value = valueOfBytes(size, "€");
      put(key("sized"), value);
      assertSame(value, value(key("sized")));
    }
  }

  @Test
  @Tag("large")
  void valuesOf64MegabytesComeBack() {
    String plain = valueOfBytes(KvStore.MAX_VALUE_BYTES, "v");
    Version first = put(key("large"), plain);
    assertSame(plain, value(key("large")));

    String wide = valueOfBytes(KvStore.MAX_VALUE_BYTES, "😀");
    assertThat(replace(key("large"), wide, first)).isPresent();
    assertSame(wide, value(key("large")));
    store().delete(key("large"), ample());
  }

  @Test
  @Tag("large")
  void valuesBeyond64MegabytesAreRejected() {
    assertValueRejected(valueOfBytes(KvStore.MAX_VALUE_BYTES + 1, "v"));
    assertValueRejected(valueOfBytes(KvStore.MAX_VALUE_BYTES + 1, "€"));
  }

  private void assertKeyRejected(String bad) {
    Version version = put(key("any"), "value");
    new StoreCalls(store(), version, ample())
        .keyed(bad)
        .forEach((name, call) ->
            assertThatThrownBy(call).as(name).isInstanceOf(IllegalArgumentException.class));
  }

  private void assertValueRejected(String bad) {
    Version version = put(key("present"), "value");
    new StoreCalls(store(), version, ample())
        .writing(key("present"), bad)
        .forEach((name, call) ->
            assertThatThrownBy(call).as(name).isInstanceOf(IllegalArgumentException.class));
    assertThat(value(key("present"))).contains("value");
  }

  /** Without the megabytes of a failed assertEquals in the report. */
  private static void assertSame(String expected, Optional<String> actual) {
    assertThat(actual.orElseThrow().equals(expected)).as("the value came back").isTrue();
  }

  private String keyOfBytes(int size, String filler) {
    String start = key("");
    return start + valueOfBytes(size - start.getBytes(UTF_8).length, filler);
  }

  private static String valueOfBytes(int size, String filler) {
    int fillerSize = filler.getBytes(UTF_8).length;
    return "-".repeat(size % fillerSize) + filler.repeat(size / fillerSize);
  }
}
