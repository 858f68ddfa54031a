package io.schedulerworker.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.json.RegistryJson;
import io.schedulerworker.model.CatchUp;
import io.schedulerworker.model.HoursOfDay;
import io.schedulerworker.model.Kpi;
import io.schedulerworker.model.Overlap;
import io.schedulerworker.model.SchedulePolicy;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScheduleSettingsTest {
  private static final String REGISTRY = """
      {"kpis":[
        {"id":"a","name":"A","type":"price","webhookUrl":"http://h/a","active":true,"metadata":{"team":"sales"}},
        {"id":"b","name":"B","type":"price","webhookUrl":"http://h/b","active":true,"metadata":{"team":"ops"}},
        {"id":"c","name":"C","type":"volume","webhookUrl":"http://h/c","active":true}]}
      """;

  private static SettingsReader.Result check(String toml) {
    return SettingsReader.check(toml, "s.toml");
  }

  private static List<ScheduleSettings> good(String toml) {
    SettingsReader.Result result = check(toml);
    assertThat(result.findings()).isEmpty();
    return result.settings().orElseThrow().schedules();
  }

  private static List<String> findings(String toml) {
    return check(toml).findings().stream().map(Finding::toString).toList();
  }

  private static List<String> selected(String select) {
    ScheduleSettings schedule = good("[[schedules]]\nid = \"s\"\ncron = \"0 1 * * *\"\nselect = "
            + select)
        .get(0);
    List<Kpi> active = RegistryJson.read(REGISTRY).active();
    return schedule.schedule().selection().from(active).stream().map(Kpi::id).toList();
  }

  @Test
  void aScheduleHasItsZoneAndMayBeSwitchedOff() {
    List<ScheduleSettings> schedules = good("""
        [[schedules]]
        id = "daily"
        cron = "0 12 * * *"
        zone = "Europe/Berlin"

        [[schedules]]
        id = "off"
        cron = "0 1 * * *"
        enabled = false
        """);

    assertThat(schedules)
        .extracting(each -> each.schedule().id().value())
        .containsExactly("daily", "off");
    assertThat(schedules).extracting(ScheduleSettings::enabled).containsExactly(true, false);
    assertThat(schedules.get(0).schedule().zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
  }

  @Test
  void namedSchedulesTakeThePlaceOfTheDefaultCronAndStandBesideOthers() {
    String named = "[[schedules]]\nid = \"s\"\ncron = \"0 1 * * *\"\n";

    assertThat(good(named)).hasSize(1);
    assertThat(good("triggers.crons = [\"0 2 * * *\"]\n" + named)).hasSize(2);
    assertThat(good("triggers.crons = []")).isEmpty();
  }

  @Test
  void selectsByIdTypeAndMetadata() {
    assertThat(selected("{ id = [\"c\", \"a\"] }")).containsExactly("a", "c");
    assertThat(selected("{ type = \"price\" }")).containsExactly("a", "b");
    assertThat(selected("{ type = \"price\", metadata.team = \"ops\" }")).containsExactly("b");
    assertThat(selected("{ \"metadata.team\" = [\"ops\", \"sales\"] }")).containsExactly("a", "b");
  }

  @Test
  void everyWrongScheduleIsFoundWithItsLine() {
    assertThat(findings("""
            [[schedules]]
            id = "Daily"
            cron = "0 12 * * *"

            [[schedules]]
            id = "manual"
            cron = "0 12 * *"
            zone = 5
            catch_up = "twice"

            [[schedules]]
            crn = "0 12 * * *"

            [[schedules]]
            id = "x"
            cron = "0 12 * * *"
            select = { colour = "red" }
            """))
        .anySatisfy(line -> assertThat(line).startsWith("s.toml:2: id = \"Daily\""))
        .anySatisfy(line -> assertThat(line).startsWith("s.toml:6: id = \"manual\""))
        .anySatisfy(line -> assertThat(line).startsWith("s.toml:7: cron = \"0 12 * *\""))
        .anySatisfy(line -> assertThat(line).startsWith("s.toml:8: zone = 5: it is a number"))
        .contains("s.toml:9: catch_up = \"twice\" is not allowed; expected none or once or all")
        .anySatisfy(line -> assertThat(line).startsWith("s.toml:11: this schedule has no id"))
        .anySatisfy(line -> assertThat(line).startsWith("s.toml:11: this schedule has no cron"))
        .contains("s.toml:12: a schedule has no \"crn\"; did you mean \"cron\"?")
        .contains("s.toml:17: select by id, type or metadata.<name>, not by \"colour\"")
        .hasSize(9);
  }

  private static SchedulePolicy policy(String lines) {
    return good("[[schedules]]\nid = \"s\"\ncron = \"0 1 * * *\"\n" + lines)
        .get(0)
        .schedule()
        .policy();
  }

  @Test
  void aPolicyIsReadWholeAndHasDefaults() {
    assertThat(policy("")).isEqualTo(SchedulePolicy.DEFAULT);
    assertThat(policy("""
            catch_up = "all"
            catch_up_window = "3d"
            catch_up_hours = "22-6"
            catch_up_spread = "10m"
            after_pause = "once"
            jitter = "30s"
            overlap = "queue_one"
            """))
        .isEqualTo(new SchedulePolicy(
            CatchUp.ALL,
            Duration.ofDays(3),
            HoursOfDay.parse("22:00-06:00"),
            Duration.ofMinutes(10),
            CatchUp.ONCE,
            Duration.ofSeconds(30),
            Overlap.QUEUE_ONE));
  }

  @Test
  void aPolicyThatIsWrongIsFoundWithItsLine() {
    assertThat(findings("""
            [[schedules]]
            id = "s"
            cron = "0 1 * * *"
            catch_up_window = "0s"
            catch_up_hours = "late"
            catch_up_spread = "10"
            after_pause = true
            jitter = "-1s"
            overlap = "queue-one"
            """))
        .anySatisfy(line -> assertThat(line).startsWith("s.toml:4: catch_up_window = \"0s\""))
        .contains("s.toml:5: catch_up_hours = \"late\": they are no hours; expected hours of the"
            + " day like 22-6 or 22:30-06:00")
        .anySatisfy(line ->
            assertThat(line).startsWith("s.toml:6: catch_up_spread = \"10\": it has no unit"))
        .anySatisfy(line -> assertThat(line).startsWith("s.toml:7: after_pause = true"))
        .anySatisfy(line -> assertThat(line).startsWith("s.toml:8: jitter = \"-1s\""))
        .contains(
            "s.toml:9: overlap = \"queue-one\" is not allowed; expected allow or skip or queue_one")
        .hasSize(6);
  }

  @Test
  void wordsOfPoliciesAreReadEachAsItself() {
    assertThat(policy("after_pause = \"all\"").afterPause()).isEqualTo(CatchUp.ALL);
    assertThat(policy("catch_up = \"none\"").catchUp()).isEqualTo(CatchUp.NONE);
    assertThat(policy("overlap = \"skip\"").overlap()).isEqualTo(Overlap.SKIP);
    assertThat(policy("jitter = 0")).isEqualTo(SchedulePolicy.DEFAULT);
  }

  @Test
  void wrongKindsOfValuesAndMisspeltKeysAreNamed() {
    assertThat(findings("""
            [[schedules]]
            id = "s"
            cron = "0 1 * * *"
            catch_up = 1
            overlap = ["skip"]
            catch_up_hours = 22
            after_pause = "twice"
            catchup_window = "2h"
            """))
        .containsExactlyInAnyOrder(
            "s.toml:4: catch_up = 1: it is a number; expected none or once or all",
            "s.toml:5: overlap = [\"skip\"]: it is a list; expected allow or skip or queue_one",
            "s.toml:6: catch_up_hours = 22: it is a number; expected hours of the day like 22-6 or"
                + " 22:30-06:00",
            "s.toml:7: after_pause = \"twice\" is not allowed; expected none or once or all",
            "s.toml:8: a schedule has no \"catchup_window\"; did you mean \"catch_up_window\"?");
  }

  @Test
  void whatIsMadeUpForIsNotOlderThanWhatIsKept() {
    String schedule = "[[schedules]]\nid = \"s\"\ncron = \"0 1 * * *\"\n";

    assertThat(findings("retention = \"2d\"\n" + schedule + "catch_up_window = \"2d\"\n"))
        .containsExactly("s.toml:5: catch_up_window = 2d must be shorter than retention = 2d");
    assertThat(findings("retention = \"24h\"\n" + schedule + "catch_up_window = \"24h\"\n"))
        .as("set to what is the default")
        .containsExactly("s.toml:5: catch_up_window = 1d must be shorter than retention = 1d");
    assertThat(
            good("retention = \"2h\"\n" + schedule).get(0).schedule().policy().catchUpWindow())
        .isEqualTo(Duration.ofHours(1));
  }

  @Test
  void anIdIsTakenOnce() {
    assertThat(
            findings(
                "[[schedules]]\nid = \"a\"\ncron = \"0 1 * * *\"\n[[schedules]]\nid = \"a\"\ncron = \"0 2 * * *\""))
        .containsExactly("s.toml:4: the id \"a\" is taken, by s.toml:1");
  }

  @Test
  void equalCronsAndImpossibleDatesAreWarnings() {
    SettingsReader.Result result =
        check("triggers.crons = [\"0 1 * * *\", \"0 1 * * *\", \"0 0 30 2 *\"]");

    assertThat(result.settings().orElseThrow().schedules()).hasSize(2);
    assertThat(result.findings())
        .extracting(Finding::toString)
        .containsExactly(
            "s.toml:1: triggers.crons names a cron twice; equal ones are one schedule",
            "s.toml:1: the cron \"0 0 30 2 *\" never fires: there is no such date");
  }

  @Test
  void schedulesThatAreNoListAreRefused() {
    assertThat(findings("schedules = 1"))
        .containsExactly("s.toml:1: schedules is a list of tables: write [[schedules]] above each");
  }
}
