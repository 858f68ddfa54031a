package io.schedulerworker.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.testing.SimulatedClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who has to wait after wrong keys, and for how long. */
class AttemptsTest {
  private static final Network HERE = network("192.0.2.1");
  private static final Network THERE = network("192.0.2.2");

  private final SimulatedClock clock = new SimulatedClock(Instant.EPOCH);
  private final List<Network> limited = new ArrayList<>();
  private final Attempts attempts = new Attempts(clock, limited::add);

  private static Network network(String address) {
    try {
      return Network.of(new InetSocketAddress(InetAddress.getByName(address), 1));
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static Duration after(long nanos) {
    return Duration.ofNanos(nanos);
  }

  private void failOften(Network network) {
    for (int i = 0; i < Attempts.MOST_FAILURES; i++) {
      assertThat(attempts.failed(network)).isZero();
    }
  }

  @Test
  void twentyMayFailInAMinuteAndTheNextOneWaits() {
    for (int i = 0; i < Attempts.MOST_FAILURES; i++) {
      assertThat(attempts.failed(HERE)).isZero();
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(after(attempts.failed(HERE))).isEqualTo(Duration.ofSeconds(40));
    assertThat(attempts.failed(THERE)).isZero();
    clock.advance(Duration.ofSeconds(40));
    assertThat(attempts.failed(HERE)).isZero();
    assertThat(after(attempts.failed(HERE))).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void whatIsRefusedDoesNotMakeTheWaitLonger() {
    failOften(HERE);
    for (int i = 0; i < 59; i++) {
      assertThat(attempts.failed(HERE)).isPositive();
      clock.advance(Duration.ofSeconds(1));
    }
    clock.advance(Duration.ofSeconds(1));
    assertThat(attempts.used(HERE, "new")).isZero();
  }

  @Test
  void aRightKeyThatIsNewThereWaitsAndOneThatWorksGoesOn() {
    assertThat(attempts.used(HERE, "old")).isZero();
    failOften(HERE);
    assertThat(attempts.used(HERE, "old")).isZero();
    assertThat(attempts.used(HERE, "new")).isPositive();
    assertThat(attempts.used(THERE, "new")).isZero();
    assertThat(attempts.used(HERE, "new")).isPositive();
  }

  @Test
  void aKeyWorksForAnHourAfterItsLastUse() {
    assertThat(attempts.used(HERE, "old")).isZero();
    clock.advance(Duration.ofMinutes(59));
    failOften(HERE);
    assertThat(attempts.used(HERE, "old")).isZero();
    clock.advance(Duration.ofMinutes(60));
    failOften(HERE);
    assertThat(attempts.used(HERE, "old")).isPositive();
  }

  @Test
  void whatWasRefusedWasNotUsed() {
    failOften(HERE);
    assertThat(attempts.used(HERE, "new")).isPositive();
    clock.advance(Duration.ofSeconds(59));
    assertThat(attempts.used(HERE, "new")).isPositive();
  }

  @Test
  void eachBeginningIsToldOnceHoweverLongItGoesOn() {
    failOften(HERE);
    assertThat(limited).isEmpty();
    for (int i = 0; i < 1_000; i++) {
      attempts.failed(HERE);
      attempts.used(HERE, "new");
      clock.advance(Duration.ofMillis(700));
    }
    assertThat(limited).containsExactly(HERE);
    clock.advance(Duration.ofMinutes(11));
    failOften(HERE);
    attempts.failed(HERE);
    assertThat(limited).containsExactly(HERE, HERE);
  }

  @Test
  void manyNetworksCostNoMoreAndDoNotDisplaceKeysThatWork() {
    assertThat(attempts.used(HERE, "old")).isZero();
    failOften(HERE);
    for (int i = 0; i < 3 * Attempts.MOST_KNOWN; i++) {
      attempts.failed(new Network(true, i));
    }
    failOften(HERE);
    assertThat(attempts.used(HERE, "old")).isZero();
    assertThat(attempts.used(HERE, "new")).isPositive();
  }

  @Test
  void theAddressesOfOneNetworkAreOne() {
    assertThat(network("2001:db8:0:1::1")).isEqualTo(network("2001:db8:0:1:ffff::2"));
    assertThat(network("2001:db8:0:1::1")).isNotEqualTo(network("2001:db8:0:2::1"));
    assertThat(network("::ffff:192.0.2.1")).isEqualTo(HERE);
    assertThat(network("::1")).isNotEqualTo(network("0.0.0.0"));
    assertThat(network("2001:db8:0:1::1")).hasToString("2001:db8:0:1:0:0:0:0/64");
    assertThat(HERE).hasToString("192.0.2.1");
    assertThat(network("255.1.2.3")).hasToString("255.1.2.3");
  }
}
