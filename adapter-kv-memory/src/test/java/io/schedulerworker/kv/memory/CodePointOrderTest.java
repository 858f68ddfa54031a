package io.schedulerworker.kv.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CodePointOrderTest {
  private static final int[] CODE_POINTS = {
    0, 'a', 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10001, 0x1f600, 0x10ffff
  };

  @Test
  void agreesWithTheOrderOfUtf8Bytes() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      String left = text(random);
      String right = text(random);

      int order = CodePointOrder.INSTANCE.compare(left, right);

      int bytes = Arrays.compareUnsigned(left.getBytes(UTF_8), right.getBytes(UTF_8));
      assertThat(Integer.signum(order)).isEqualTo(Integer.signum(bytes));
    }
  }

  private static String text(Random random) {
    int[] points = random.ints(random.nextInt(4), 0, CODE_POINTS.length).toArray();
    return Arrays.stream(points)
        .map(index -> CODE_POINTS[index])
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
