package io.schedulerworker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.schedulerworker.json.KpiMetadata;
import io.schedulerworker.model.FormatException;
import io.schedulerworker.model.KpiRegistry;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.model.NoJobException;
import io.schedulerworker.model.SkipReason;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.KvStoreException.Kind;
import io.schedulerworker.port.TriggerRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The registry as jobs read it, and as people replace it. */
class RegistryTest extends WorkerTestBase {
  private static final String NOTHING = "{\"kpis\":[],\"mine\":1}";

  private final RegistryStore registry = new RegistryStore(config, clock, Duration.ofSeconds(5));

  @Test
  void theLastGoodRegistryStandsInWhileItsStoreIsAway() {
    register("a");
    SchedulerWorker worker = builder().registryMaxAge(Duration.ofHours(24)).build();
    assertThat(worker.hasRegistryToStandIn()).isFalse();
    worker.runNow(KpiSelection.all());
    clock.advance(Duration.ofHours(24));

    config.failNext(Kind.UNAVAILABLE, 1);
    worker.runNow(KpiSelection.all());

    assertThat(worker.hasRegistryToStandIn()).isTrue();
    assertThat(trigger.requests).hasSize(2);
    assertThat(events.told).contains("registry of PT24H stands in: the store is away");
  }

  @Test
  void aRegistryThatWasRefreshedStandsInBeforeAnyJob() {
    register("a");
    SchedulerWorker worker = builder().build();
    assertThat(worker.refreshRegistry().active()).hasSize(1);

    config.failNext(Kind.UNAVAILABLE, 1);
    worker.runNow(KpiSelection.all());

    assertThat(trigger.requests).hasSize(1);
  }

  @Test
  void refreshingTellsWhatIsWrongAndKeepsWhatIsGood() {
    SchedulerWorker worker = builder().build();
    assertThatExceptionOfType(NoJobException.class)
        .isThrownBy(worker::refreshRegistry)
        .withMessageContaining("kpi-registry");
    register("a");
    worker.refreshRegistry();

    config.failNext(Kind.UNAVAILABLE, 1);
    assertThatExceptionOfType(KvStoreException.class).isThrownBy(worker::refreshRegistry);

    assertThat(worker.hasRegistryToStandIn()).isTrue();
    assertThat(events.told).isEmpty();
  }

  @Test
  void aRegistryThatIsTooOldStandsInNoMore() {
    register("a");
    SchedulerWorker worker = builder().registryMaxAge(Duration.ofHours(24)).build();
    worker.runNow(KpiSelection.all());
    clock.advance(Duration.ofHours(24).plusSeconds(1));

    config.failNext(Kind.UNAVAILABLE, 1);

    assertThat(worker.hasRegistryToStandIn()).isFalse();
    assertThatExceptionOfType(KvStoreException.class)
        .isThrownBy(() -> worker.runNow(KpiSelection.all()));
  }

  @Test
  void aRegistryThatIsGoneOrBrokenIsNoReasonToStandIn() {
    register("a");
    SchedulerWorker worker = builder().build();
    worker.runNow(KpiSelection.all());
    config.values.put(KpiRegistry.KEY, "{");
    assertThatExceptionOfType(NoJobException.class)
        .isThrownBy(() -> worker.runNow(KpiSelection.all()));
  }

  @Test
  void aSourceThatHasNoRegistryIsNoReasonToStandInEither() {
    SchedulerWorker worker = builder()
        .registry(deadline -> {
          throw new FormatException("the file does not exist");
        })
        .build();
    assertThatExceptionOfType(NoJobException.class)
        .isThrownBy(() -> worker.runNow(KpiSelection.all()))
        .withMessage("the file does not exist");
  }

  @Test
  void aScheduleCallsWhomItSelects() {
    config.values.put(KpiRegistry.KEY, """
        {"kpis":[
        {"id":"a","name":"N","type":"t","active":true,"webhookUrl":"http://h/a","metadata":{"tier":1}},
        {"id":"b","name":"N","type":"t","active":true,"webhookUrl":"http://h/b","metadata":{"tier":2}},
        {"id":"c","name":"N","type":"t","active":true,"webhookUrl":"http://h/c","metadata":{"tier":{}}},
        {"id":"d","name":"N","type":"t","active":true,"webhookUrl":"http://h/d"}]}""");
    KpiSelection first = KpiSelection.where(
        "metadata.tier = 1",
        kpi -> KpiMetadata.text(kpi, "tier").filter("1"::equals).isPresent());
    SchedulerWorker worker =
        builder().schedule(daily("0 12 * * *").withSelection(first)).build();
    worker.start();

    pass(Duration.ofSeconds(90));

    assertThat(trigger.requests).extracting(TriggerRequest::kpiId).containsExactly("a");
  }

  @Test
  void aSelectionOfNobodyMakesNoJob() {
    register("a");
    KpiSelection nobody = KpiSelection.where("type = \"x\"", kpi -> kpi.type().equals("x"));
    assertThatExceptionOfType(NoJobException.class)
        .isThrownBy(() -> builder().build().runNow(nobody))
        .withMessageContaining("type = \"x\"")
        .satisfies(e -> assertThat(e.reason()).isEqualTo(SkipReason.NO_ACTIVE_KPI));
  }

  @Test
  void isReplacedByWhoeverReadItLast() {
    assertThat(registry.read()).isEmpty();
    assertThat(registry.create(NOTHING)).isPresent();
    assertThat(registry.create(NOTHING)).isEmpty();
    RegistryStore.Document read = registry.read().orElseThrow();
    assertThat(read.text()).isEqualTo(NOTHING);

    String next = "{\"kpis\":[{\"id\":\"a\"}]}";
    RegistryStore.Written written = registry.replace(next, read.version()).orElseThrow();

    assertThat(written.registry().findings()).isNotEmpty();
    assertThat(registry.replace(NOTHING, read.version())).isEmpty();
    assertThat(registry.read().orElseThrow().version()).isEqualTo(written.version());
    assertThat(registry.put(NOTHING).registry().entries()).isEmpty();
  }

  @Test
  void whatIsNoRegistryIsRefusedWhole() {
    registry.put(NOTHING);
    RegistryStore.Document before = registry.read().orElseThrow();
    for (String broken : List.of("", "{", "[]", "{\"kpis\":{}}")) {
      assertThatExceptionOfType(FormatException.class).isThrownBy(() -> registry.put(broken));
      assertThatExceptionOfType(FormatException.class).isThrownBy(() -> registry.create(broken));
      assertThatExceptionOfType(FormatException.class)
          .isThrownBy(() -> registry.replace(broken, before.version()));
    }
    assertThat(registry.read()).contains(before);
  }
}
