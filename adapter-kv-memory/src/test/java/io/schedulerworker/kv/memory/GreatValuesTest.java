package io.schedulerworker.kv.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.h2.mvstore.MVStoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that lie in pieces: what room they take, and that each comes back to the letter or not at all. */
class GreatValuesTest extends FileStoreFixture {
  @Test
  void aGreatValueThatSaysTheSameAgainAndAgainTakesAFourth() throws IOException {
    StringBuilder record = new StringBuilder();
    for (int i = 0; i < 50_000; i++) {
      record
          .append("\"kpi-")
          .append(i)
          .append("\":{\"status\":\"triggered\",\"error\":null,\"responseTime\":")
          .append(i * 31 % 400)
          .append("},");
    }
    try (FileKvStore store = open()) {
      put(store, "a", record.toString());
    }
    assertThat(Files.size(file())).isLessThan(record.length() / 4);
    try (FileKvStore store = open()) {
      assertThat(get(store, "a")).contains(record.toString());
    }
  }

  /** Characters of one to four bytes, on the borders of pieces and behind them, where a piece may be too short to shrink. */
  static List<String> greatValues() {
    int piece = Piece.CHARACTERS;
    return List.of(
        "y".repeat(piece) + "z",
        "y".repeat(piece) + "\u20ac",
        "y".repeat(piece) + Noise.characters(200, ' ', '~'),
        "y".repeat(piece - 1) + "\ud83d\ude00",
        "y".repeat(piece - 1) + "\ud83d\ude00q",
        Noise.characters(2 * piece + 1, ' ', '~'),
        Noise.characters(2 * piece + 1, 0x80, 0xFFFF),
        Noise.characters(2 * piece + 1, 0x10_000, 0x10_FFFF));
  }

  @Test
  void somePiecesOfGreatValuesShrinkAndSomeDoNot() {
    assertThat(greatValues())
        .flatMap(value -> ValueBytes.of(value, () -> {}).pieces())
        .extracting(Piece::isDeflated)
        .contains(true, false);
  }

  @ParameterizedTest
  @MethodSource("greatValues")
  void aGreatValueIsReadToTheLetter(String value) {
    try (FileKvStore store = open()) {
      put(store, "a", value);
      put(store, "b", "x" + value);
    }
    try (FileKvStore store = open()) {
      assertThat(get(store, "a").orElseThrow().equals(value)).isTrue();
      assertThat(get(store, "b").orElseThrow().equals("x" + value)).isTrue();
    }
  }

  /** A piece alone, in which chance damage to a file hits little. */
  @Test
  void ofADamagedPieceNothingElseComesThanItsDamage() throws Exception {
    Piece whole =
        ValueBytes.of(Noise.characters(300_000, ' ', '~'), () -> {}).pieces().get(0);
    Random random = new Random(7);
    byte[] to = new byte[Piece.MOST_BYTES];
    int found = 0;
    for (int round = 0; round < 300; round++) {
      byte[] stored = whole.stored().clone();
      stored[random.nextInt(stored.length)] ^= (byte) (1 << random.nextInt(8));
      int length = Math.min(stored.length, 1 + random.nextInt(2 * stored.length));
      Piece damaged = new Piece(whole.length(), Arrays.copyOf(stored, length));
      try (PieceInflater inflater = new PieceInflater()) {
        inflater.inflate(damaged, to, 0);
      } catch (MVStoreException e) {
        found++;
      }
    }
    assertThat(found).isGreaterThan(100);
  }
}
