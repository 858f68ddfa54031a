package io.schedulerworker.cron;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.text.ParseException;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The cost of one next fire time and of one parse, beside the libraries people know. Each asks from
 * where the last answer left it, so that a run walks through days, months and changes of the clock.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class CronBenchmark {
  private static final CronParser CRON_UTILS =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ));

  /** One meaning in each dialect: ours, Quartz's (cron-utils reads it too) and Spring's. */
  @SuppressWarnings("ImmutableEnumChecker")
  public enum Case {
    EVERY_MINUTE("* * * * *", "0 * * * * ?", "0 * * * * *"),
    QUARTER_HOURS("*/15 * * * *", "0 0/15 * * * ?", "0 */15 * * * *"),
    DAILY("30 2 * * *", "0 30 2 * * ?", "0 30 2 * * *"),
    WORKDAYS("0 9 * * 2-6", "0 0 9 ? * MON-FRI", "0 0 9 * * MON-FRI"),
    LAST_FRIDAY("0 18 * * 6L", "0 0 18 ? * 6L", "0 0 18 * * FRIL"),
    LEAP_DAY("0 0 29 2 *", "0 0 0 29 2 ?", "0 0 0 29 2 *");

    final String ours;
    final String quartz;
    final String spring;

    Case(String ours, String quartz, String spring) {
      this.ours = ours;
      this.quartz = quartz;
      this.spring = spring;
    }
  }

  @Param
  public Case cron;

  @Param({"UTC", "America/New_York"})
  public String zone;

  private ZonedDateTime start;
  private ZonedDateTime end;
  private ZonedDateTime moment;
  private Date date;
  private CronExpression ours;
  private ExecutionTime cronUtils;
  private org.quartz.CronExpression quartz;
  private org.springframework.scheduling.support.CronExpression spring;

  @Setup
  public void parse() throws ParseException {
    start = ZonedDateTime.of(2025, 1, 1, 0, 0, 0, 0, ZoneId.of(zone));
    end = start.plusYears(40);
    moment = start;
    date = Date.from(start.toInstant());
    ours = parseOurs();
    cronUtils = ExecutionTime.forCron(parseCronUtils());
    quartz = parseQuartz();
    quartz.setTimeZone(TimeZone.getTimeZone(zone));
    spring = parseSpring();
  }

  @Benchmark
  public ZonedDateTime nextOurs() {
    return goOn(ours.nextAfter(moment));
  }

  @Benchmark
  public ZonedDateTime nextCronUtils() {
    return goOn(cronUtils.nextExecution(moment));
  }

  @Benchmark
  public ZonedDateTime nextSpring() {
    return goOn(Optional.ofNullable(spring.next(moment)));
  }

  @Benchmark
  public Date nextQuartz() {
    Date next = quartz.getNextValidTimeAfter(date);
    date = next == null || next.getTime() > end.toEpochSecond() * 1000
        ? Date.from(start.toInstant())
        : next;
    return date;
  }

  private ZonedDateTime goOn(Optional<ZonedDateTime> next) {
    moment = next.filter(fire -> fire.isBefore(end)).orElse(start);
    return moment;
  }

  @Benchmark
  public CronExpression parseOurs() {
    return CronExpression.parse(cron.ours);
  }

  @Benchmark
  public Cron parseCronUtils() {
    return CRON_UTILS.parse(cron.quartz);
  }

  @Benchmark
  public org.quartz.CronExpression parseQuartz() throws ParseException {
    return new org.quartz.CronExpression(cron.quartz);
  }

  @Benchmark
  public org.springframework.scheduling.support.CronExpression parseSpring() {
    return org.springframework.scheduling.support.CronExpression.parse(cron.spring);
  }
}
