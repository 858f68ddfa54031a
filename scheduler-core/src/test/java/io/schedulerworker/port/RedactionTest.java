package io.schedulerworker.port;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.testing.PlantedSecret;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a text of others is not shown. */
class RedactionTest {
  private static TriggerSecrets keys(String... keys) {
    return new TriggerSecrets(Stream.of(keys).map(Credential::bearer).toList(), List.of());
  }

  private static TriggerSecrets basic(String key) {
    return new TriggerSecrets(
        List.of(Credential.of(Credential.HEADER, Credential.BASIC, key)), List.of());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "a/b+c=\"d\\e | a/b+c=\"d\\e",
        "a/b+c=\"d\\e | a\\/b\\u002Bc\\u003d\\\"d\\\\e",
        "a/b+c=\"d\\e | a\\\\/b+c=\\\\\\\"d\\\\\\\\e",
        "a/b+c=\"d\\e | a%2Fb%2bc%3D%22d%5Ce",
        "a/b+c=\"d\\e | a\\u002fb%2bc=\"de",
        "a\\nb\\u0041%41 | a\\nb\\u0041%41",
        "a\\nb\\u0041%41 | a\\\\nb\\\\u0041%41",
        "a\\nb\\u0041%41 | a%5Cnb%5Cu0041%2541",
        "deadbeef | deadbeef",
        "two  words | two words",
        "two words | two\\u0020\\u0009 words",
        "abc== | abc",
      })
  void aKeyIsHiddenInWhateverWayItIsWritten(String key, String way) {
    TriggerSecrets secrets = keys(key);
    assertThat(secrets.redact(way)).isEqualTo("***");
    assertThat(secrets.redact("no " + way + " here, " + way)).isEqualTo("no *** here, ***");
    assertThat(secrets.redact("\"" + way + "\"")).isEqualTo("\"***\"");
    assertThat(secrets.redact("100%" + way)).doesNotContain(way);
  }

  @Test
  void aTextWithoutSecretsIsLeftAlone() {
    String text = "100% of C:\\users  \u00fc\ud83c\udf89\\u00";
    assertThat(keys("abcdef").redact(text)).isSameAs(text);
    assertThat(TriggerSecrets.NONE.redact(text)).isSameAs(text);
    assertThat(keys("ab").redact("ab")).isEqualTo("ab");
    assertThat(keys("\\\\\\\\").redact("abc")).isEqualTo("abc");
  }

  @ParameterizedTest
  @CsvSource({
    "abcdefghijklmnopqrst, 8",
    "abcdefgh, 4",
    "abcde, 3",
  })
  void theBeginningOfASecretIsHiddenAtTheEndAlone(String key, int telling) {
    TriggerSecrets secrets = keys(key);
    for (int length = 1; length < key.length(); length++) {
      String begun = key.substring(0, length);
      assertThat(secrets.redact("no " + begun))
          .isEqualTo(length < telling ? "no " + begun : "no ***");
      assertThat(secrets.redact(begun + " no")).isEqualTo(begun + " no");
    }
  }

  @Test
  void aCodeThatIsCutInTwoIsHiddenWithTheRest() {
    String way = "abcdefgh\\u002fz";
    IntStream.rangeClosed(8, way.length())
        .forEach(end -> assertThat(keys("abcdefgh/z").redact("no " + way.substring(0, end)))
            .isEqualTo("no ***"));
  }

  @Test
  void aCharacterThatIsCutInTwoIsHiddenWithTheRest() {
    byte[] way = "user:abcdefgh\ud83c\udf89xyz".getBytes(UTF_8);
    IntStream.rangeClosed(13, way.length)
        .mapToObj(end -> new String(Arrays.copyOf(way, end), UTF_8))
        .forEach(
            cut -> assertThat(basic("user:abcdefgh\ud83c\udf89xyz").redact(cut)).isEqualTo("***"));
  }

  @Test
  void aWordThatASecretBeginsWithIsNoSecret() {
    assertThat(basic("user:sesame").redact("no such user")).isEqualTo("no such user");
  }

  @Test
  void secretsThatOverlapAreHiddenWhole() {
    assertThat(keys("abcdef", "defghi").redact("(abcdefghi)")).isEqualTo("(***)");
    assertThat(keys("abcabc").redact("(abcabcabc)")).isEqualTo("(***)");
  }

  @Test
  void aPasswordIsHiddenThatWasGivenEncoded() {
    assertThat(basic("dXNlcjpzZXNhbWU=").redact("user sesame dXNlcjpzZXNhbWU="))
        .isEqualTo("user *** ***");
    assertThat(basic("no-base64").redact("no-base64 -base64")).isEqualTo("*** -base64");
  }

  @Test
  void aPasswordThatIsNotAsciiIsHiddenWhereJsonEscapesIt() {
    TriggerSecrets secrets = basic("user:p\ud83c\udf89ss\u00fc");
    assertThat(secrets.redact("no p\\ud83c\\udf89ss\\u00fc")).isEqualTo("no ***");
    assertThat(secrets.redact("no p\ud83c\udf89ss\u00fc")).isEqualTo("no ***");
  }

  @Test
  void aHeaderIsTrimmedOnItsWay() {
    assertThat(keys(" a key ").redact("no \"a key\"")).isEqualTo("no \"***\"");
  }

  @Test
  void aTextInAnotherEncodingIsReadByPeopleToo() {
    String zeros = new String("no abcdefgh".getBytes(UTF_16LE), UTF_8);
    assertThat(keys("abcdefgh").redact(zeros)).doesNotContain("a").contains("***");
  }

  @Test
  void aTextThatIsMadeToTakeLongDoesNot() {
    String key = "ab".repeat(100) + "/";
    TriggerSecrets secrets =
        keys(Stream.iterate(key, each -> each + "c").limit(10).toArray(String[]::new));
    for (String hostile : List.of("ab", "\\", "a\\", " ", "%", "\\u", "\\u0061\\u0062", key)) {
      String text = hostile.repeat(65_536 / hostile.length());
      assertThat(Duration.ofNanos(timeOf(() -> secrets.redact(text))))
          .as(hostile)
          .isLessThan(Duration.ofSeconds(5));
    }
  }

  private static long timeOf(Runnable work) {
    long began = System.nanoTime();
    work.run();
    return System.nanoTime() - began;
  }

  @Provide
  Arbitrary<String> hardKeys() {
    return Arbitraries.of("\\", "\"", "/", "+", "=", "%", " ", "u", "0", "4", "1", "n", "f", "Z")
        .list()
        .ofMinSize(10)
        .ofMaxSize(30)
        .map(characters -> "K" + String.join("", characters) + "K");
  }

  /** Half a code at the end, which may look like one of the key's own characters, tells nobody anything. */
  @Property(tries = 500)
  void noPieceOfAKeyIsLeft(
      @ForAll("hardKeys") String key, @ForAll @IntRange(min = 0, max = 200) int cut) {
    PlantedSecret planted = new PlantedSecret(key);
    for (String way : planted.ways()) {
      String said = keys(key).redact(way.substring(0, Math.min(cut, way.length())));
      String whole = said.replaceFirst("(%.?|\\\\u?.{0,3})$", "");
      assertThat(planted.pieceIn(whole)).as("%s in %s", way, said).isEmpty();
      assertThat(keys(key).redact("(" + way + ")")).isEqualTo("(***)");
    }
  }
}
