package io.schedulerworker.n8n;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.port.CalledHosts;
import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerOutcome.Accepted;
import io.schedulerworker.port.TriggerOutcome.NotNow;
import io.schedulerworker.port.TriggerOutcome.Obstacle;
import io.schedulerworker.port.TriggerOutcome.Refused;
import io.schedulerworker.reach.HostRule;
import io.schedulerworker.reach.Reach;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hosts that may not be called, at a server that would notice. */
class ReachCheckTest {
  private static final Reach NOTHING_PRIVATE = new Reach(List.of(), List.of(), true);

  private final ScriptedServer server =
      ScriptedServer.answering(ScriptedServer.http(200, "", "application/json", "{}"));

  @AfterEach
  void close() {
    server.close();
  }

  private URI at(String host) {
    return URI.create("http://" + host + ":" + server.url("/").getPort() + "/webhook/a");
  }

  private static TriggerOutcome call(Reach reach, URI webhook) {
    try (N8nTrigger trigger =
        Calls.trigger(Calls.settings().apiKey(Calls.KEY).reach(reach).build())) {
      return Calls.outcome(trigger.trigger(Calls.request("kpi-1", webhook)));
    }
  }

  private static Reach denying(String rule) {
    return new Reach(List.of(), List.of(HostRule.parse(rule)), false);
  }

  private void assertNotCalled(TriggerOutcome outcome, String why) {
    assertThat(outcome).isInstanceOf(Refused.class);
    assertThat(outcome.reason()).contains(why);
    assertThat(outcome.httpStatus()).isNull();
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void anAddressThatIsDeniedIsNotCalled() {
    URI webhook = at("127.0.0.1");
    assertNotCalled(
        call(NOTHING_PRIVATE, webhook),
        "127.0.0.1:" + webhook.getPort()
            + " is not called: its address 127.0.0.1 is a private one");
  }

  @Test
  void aNameIsDeniedByTheAddressThatItLeadsTo() {
    assertNotCalled(
        call(NOTHING_PRIVATE, at("localhost")), "is a private one, which n8n.deny_private");
    assertNotCalled(call(denying("127.0.0.0/8"), at("localhost")), "is in 127.0.0.0/8");
  }

  @Test
  void aNameIsDeniedAsItIsNamed() {
    assertNotCalled(call(denying("localhost"), at("LOCALHOST")), "n8n.deny_hosts has localhost");
  }

  @Test
  void otherNotationsOfAnAddressAreNotCalled() {
    Stream.of("2130706433", "0x7f000001", "0177.0.0.1", "127.0.0.01")
        .forEach(host -> assertNotCalled(call(Reach.DEFAULT, at(host)), "four decimal numbers"));
    assertNotCalled(call(NOTHING_PRIVATE, at("[::ffff:127.0.0.01]")), "four decimal numbers");
    assertNotCalled(call(NOTHING_PRIVATE, at("[::ffff:127.0.0.1]")), "is a private one");
  }

  @Test
  void metadataIsNotCalledByDefault() {
    assertNotCalled(
        call(Reach.DEFAULT, URI.create("http://169.254.169.254/latest/meta-data")), "metadata");
  }

  @Test
  void whatIsAllowedIsCalled() {
    Reach byName = new Reach(List.of(HostRule.parse("localhost")), List.of(), false);
    assertThat(call(byName, at("localhost"))).isInstanceOf(Accepted.class);
    Reach byNetwork = new Reach(List.of(HostRule.parse("127.0.0.0/8")), List.of(), true);
    assertThat(call(byNetwork, at("127.0.0.1"))).isInstanceOf(Accepted.class);
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void aNameThatLeadsNowhereIsSaidToLeadNowhere() {
    TriggerOutcome outcome = call(NOTHING_PRIVATE, URI.create("http://nobody.invalid/webhook/a"));
    assertThat(outcome.reason()).doesNotContain("is not called");
    assertThat(outcome)
        .isInstanceOfSatisfying(
            NotNow.class, notNow -> assertThat(notNow.obstacle()).isEqualTo(Obstacle.UNREACHABLE));
    assertThat(outcome.reason()).contains("nobody knows a host of this name");
  }

  @Test
  void whoWantsToKnowLearnsWhichNamesAreCalledUntilTheyAreNot() {
    List<String> told = new CopyOnWriteArrayList<>();
    CalledHosts listener = new CalledHosts() {
      @Override
      public void enter(String host, int port) {
        told.add("enter " + host + " " + server.requests().size());
      }

      @Override
      public void leave(String host, int port) {
        told.add("leave " + host + " " + server.requests().size());
      }
    };
    try (N8nTrigger trigger =
        Calls.trigger(Calls.settings().calledHosts(listener).build())) {
      Calls.outcome(trigger.trigger(Calls.request("kpi-1", at("127.0.0.1"))));
      Calls.outcome(trigger.trigger(Calls.request("kpi-1", at("LocalHost"))));
      awaitTwo(told);
    }

    assertThat(told).containsExactly("enter LocalHost 1", "leave LocalHost 2");
  }

  /** Who waits for an outcome may have it before the listener has. */
  private static void awaitTwo(List<String> told) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (told.size() < 2 && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }
}
