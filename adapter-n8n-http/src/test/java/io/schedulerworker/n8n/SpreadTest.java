package io.schedulerworker.n8n;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpreadTest {
  private final Spread spread = new Spread(2, 0);

  @Test
  void callsTakeTurns() {
    assertThat(List.of(spread.enter(), spread.enter(), spread.enter(), spread.enter()))
        .containsExactly(0, 1, 0, 1);
  }

  @Test
  void oneCallAfterTheOtherStaysWithOneClient() {
    for (int i = 0; i < 10; i++) {
      int client = spread.enter();
      assertThat(client).isZero();
      spread.leave(client);
    }
  }

  @Test
  void aCallThatIsAloneBeginsWithTheFirst() {
    assertThat(new Spread(2, 1).enter()).isEqualTo(1);
  }

  /** Each client opens as many connections as it has calls in flight at most. */
  @Test
  void thereAreNoMoreConnectionsThanCallsInFlightHoweverTheyEnd() {
    for (int most = 1; most <= 33; most++) {
      assertThat(connections(new Spread(2, 1), most, new Random(most))).isEqualTo(most);
      assertThat(connections(new Spread(3, 2), most, new Random(most))).isEqualTo(most);
    }
  }

  private static int connections(Spread spread, int most, Random random) {
    int[] opened = new int[3];
    int[] busy = new int[3];
    List<Integer> inFlight = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      while (inFlight.size() < most) {
        int client = spread.enter();
        inFlight.add(client);
        busy[client]++;
        opened[client] = Math.max(opened[client], busy[client]);
      }
      Collections.shuffle(inFlight, random);
      List<Integer> ending = inFlight.subList(0, random.nextInt(most + 1));
      for (int client : ending) {
        busy[client]--;
        spread.leave(client);
      }
      ending.clear();
    }
    return opened[0] + opened[1] + opened[2];
  }
}
