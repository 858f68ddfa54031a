package io.schedulerworker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.model.DispatchPolicy;
import io.schedulerworker.model.Kpi;
import io.schedulerworker.port.TriggerRequest;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many calls the dispatcher has in flight at hosts of different kinds. */
class AdaptiveLimitTest {
  private final Lab lab = new Lab(DispatchPolicy.DEFAULT);

  private QueueingServer server(int workers, Function<TriggerRequest, Duration> work) {
    QueueingServer server = new QueueingServer(lab, workers, work);
    lab.with("n8n", server);
    return server;
  }

  private static Function<TriggerRequest, Duration> millis(long millis) {
    return request -> Duration.ofMillis(millis);
  }

  @Test
  void aHostThatDoesOneThingAfterTheOtherHasAShortQueue() {
    QueueingServer n8n = server(1, millis(10));
    Duration took = lab.await(lab.dispatch(Lab.kpis(2_000, "n8n")));
    assertThat(n8n.mostAtOnce).isLessThanOrEqualTo(6);
    // It was never idle.
    assertThat(took).isLessThan(Duration.ofSeconds(21));
  }

  @Test
  void aHostThatDoesManyThingsAtOnceIsGivenThem() {
    QueueingServer n8n = server(16, millis(100));
    assertThat(lab.await(lab.dispatch(many("first", 2_000)))).isLessThan(Duration.ofSeconds(14));
    n8n.mostAtOnce = 0;
    lab.await(lab.dispatch(many("second", 1_000)));
    assertThat(n8n.mostAtOnce).isBetween(16, 24);
  }

  @Test
  void noHostGetsMoreThanThirtyTwo() {
    QueueingServer n8n = server(1_000, millis(100));
    lab.await(lab.dispatch(Lab.kpis(1_000, "n8n")));
    assertThat(n8n.mostAtOnce).isEqualTo(32);
  }

  @Test
  void aHostThatGetsSlowerGetsFewer() {
    long[] millis = {10};
    QueueingServer n8n = server(8, request -> Duration.ofMillis(millis[0]));
    lab.await(lab.dispatch(Lab.kpis(500, "n8n")));
    assertThat(n8n.mostAtOnce).isGreaterThanOrEqualTo(8);
    millis[0] = 200;
    lab.await(lab.dispatch(many("slower", 200)));
    n8n.mostAtOnce = 0;
    lab.await(lab.dispatch(many("later", 200)));
    assertThat(n8n.mostAtOnce).isLessThanOrEqualTo(5);
  }

  private static List<Kpi> many(String name, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Lab.kpi(name + i, "n8n", "hook"))
        .toList();
  }

  @Test
  void aWebhookThatAnswersWhenItsWorkflowIsDoneIsNoSignOfTooMuchWork() {
    QueueingServer n8n = server(1_000, request -> {
      long number = Long.parseLong(request.webhook().getPath().substring("/webhook/w".length()));
      return number % 3 == 0 ? Duration.ofMillis(8) : Duration.ofSeconds(2 + number % 7);
    });
    List<Kpi> kpis =
        IntStream.range(0, 600).mapToObj(i -> Lab.kpi("k" + i, "n8n", "w" + i)).toList();
    Duration took = lab.await(lab.dispatch(kpis));
    assertThat(n8n.mostAtOnce).isEqualTo(32);
    // 400 calls of 5 s each, 32 at a time, take 62 s.
    assertThat(took).isLessThan(Duration.ofSeconds(90));
  }

  @Test
  void aFixedLimitStays() {
    Lab fixed = new Lab(DispatchPolicy.builder().maxInFlightPerHost(7).build());
    QueueingServer n8n = new QueueingServer(fixed, 1, millis(10));
    fixed.with("n8n", n8n);
    fixed.await(fixed.dispatch(Lab.kpis(500, "n8n")));
    assertThat(n8n.mostAtOnce).isEqualTo(7);
  }
}
