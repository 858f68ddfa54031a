package io.schedulerworker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.netflix.concurrency.limits.limit.VegasLimit;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Beside the implementation of Netflix's concurrency-limits. */
class VegasTest {
  private static final long UNHINDERED = 1_000_000;

  /** With the settings that stay near n8n's knee, and without its own search for the unhindered time. */
  private static VegasLimit library() {
    VegasLimit limit = VegasLimit.newBuilder()
        .initialLimit(Vegas.FIRST)
        .maxConcurrency(Vegas.MOST)
        .alpha(Vegas.ALPHA)
        .beta(Vegas.BETA)
        .probeMultiplier(Integer.MAX_VALUE)
        .build();
    // The first sample is only taken as the unhindered time.
    limit.onSample(0, UNHINDERED, 1, false);
    return limit;
  }

  @Test
  void everyStepIsThatOfTheLibrary() {
    Random random = new Random(42);
    for (int walk = 0; walk < 200; walk++) {
      VegasLimit theirs = library();
      Vegas ours = new Vegas();
      double load = 1 + random.nextDouble() * 8;
      for (int i = 0; i < 500; i++) {
        int inFlight = 1 + random.nextInt(ours.limit());
        boolean dropped = random.nextInt(50) == 0;
        long rtt = (long) (UNHINDERED * (1 + load * random.nextDouble() * random.nextDouble()));
        theirs.onSample(0, rtt, inFlight, dropped);
        if (dropped) {
          ours.dropped();
        } else {
          ours.sampled((double) rtt / UNHINDERED, inFlight);
        }
        assertThat(ours.limit()).as("step %s of walk %s", i, walk).isEqualTo(theirs.getLimit());
      }
    }
  }
}
