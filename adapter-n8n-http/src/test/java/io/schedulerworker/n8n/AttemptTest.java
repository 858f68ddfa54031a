package io.schedulerworker.n8n;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.port.BreakerSettings;
import io.schedulerworker.port.TriggerSettings;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AttemptTest {
  private static final URI WEBHOOK = URI.create("http://127.0.0.1/webhook/k");

  private final TriggerSettings settings = Calls.settings().build();
  private final Target target =
      new Target(new Breaker(BreakerSettings.defaults(Duration.ofSeconds(10))), new Spread(2, 0));
  private final InFlight inFlight = new InFlight(settings.responseTimeout());

  static Stream<Consumer<Attempt>> ends() {
    return Stream.of(
        Attempt::abandon,
        attempt -> attempt.refuse("is refused"),
        attempt -> attempt.putOff("is put off"),
        attempt -> attempt.fail(new TimeoutException()),
        attempt -> attempt.endIfOlder(0, System.nanoTime()));
  }

  @ParameterizedTest
  @MethodSource("ends")
  void howeverItEndsItsClientHasOneCallLessAndOneOnly(Consumer<Attempt> end) {
    Attempt one = attempt();
    Attempt other = attempt();
    assertThat(one.clientNumber()).isZero();
    assertThat(other.clientNumber()).isEqualTo(1);
    end.accept(other);
    end.accept(other);
    assertThat(other.outcome().toCompletableFuture()).isCompleted();
    assertThat(attempt().clientNumber()).isEqualTo(1);
    assertThat(attempt().clientNumber()).isZero();
    inFlight.close();
  }

  private Attempt attempt() {
    Wording wording = new Wording(WEBHOOK, settings.secrets().get());
    RequestFactory.Call call = new RequestFactory(settings.userAgent(), InstantSource.system())
        .of(Calls.request("k", WEBHOOK), settings.secrets().get());
    Attempt attempt = new Attempt(
        call, settings, wording, InstantSource.system(), target, inFlight, Runnable::run);
    inFlight.add(attempt);
    return attempt;
  }
}
