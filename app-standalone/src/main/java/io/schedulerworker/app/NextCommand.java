package io.schedulerworker.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.schedulerworker.cron.CronExpression;
import io.schedulerworker.model.Texts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code next}: when an expression fires. */
@Command(
    name = "next",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Prints the next fire times of a cron expression, one a line.",
    footer = {"", "Example: next \"30 2 * * MON-FRI\" --zone Europe/Berlin --count 3"})
final class NextCommand implements Callable<Integer> {
  private static final int MOST = 10_000;
  private static final DateTimeFormatter IN_UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'");
  private static final DateTimeFormatter WITH_OFFSET =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxxxx");

  @Parameters(
      paramLabel = "CRON",
      description = "Five fields: minute hour day-of-month month day-of-week; 1 is Sunday.")
  private String cron;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      description = "Zone of the local times, for example Europe/Berlin (default: UTC).")
  private String zone;

  @Option(
      names = "--after",
      paramLabel = "INSTANT",
      description = "Look after this instant, for example 2025-08-14T12:00:00Z (default: now).")
  private @Nullable String after;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "5",
      description = "How many, 1 to 10000 (default: 5).")
  private int count;

  @Option(names = "--json", description = "Print one JSON object with a description in English.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  NextCommand() {}

  @Override
  public Integer call() {
    CronExpression expression = expression();
    ZoneId place = zone();
    checkCount();
    List<String> times = times(expression, after(place));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(expression, times));
    } else {
      times.forEach(out::println);
      if (times.isEmpty()) {
        spec.commandLine().getErr().println("scheduler-worker: this expression never fires");
      }
    }
    out.flush();
    return ExitCode.OK;
  }

  private CronExpression expression() {
    try {
      return CronExpression.parse(cron);
    } catch (IllegalArgumentException e) {
      throw new UserException(String.valueOf(e.getMessage()));
    }
  }

  private ZoneId zone() {
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new UserException(
          "--zone " + Texts.quote(zone) + " is not known; name one like UTC or Europe/Berlin");
    }
  }

  private void checkCount() {
    if (count < 1 || count > MOST) {
      throw new UserException("--count " + count + " must be from 1 to " + MOST);
    }
  }

  private ZonedDateTime after(ZoneId place) {
    if (after == null) {
      return Instant.now().atZone(place);
    }
    try {
      return OffsetDateTime.parse(after).atZoneSameInstant(place);
    } catch (DateTimeException e) {
      throw new UserException(
          "--after " + Texts.quote(after) + " must be an instant like 2025-08-14T12:00:00Z");
    }
  }

  private List<String> times(CronExpression expression, ZonedDateTime from) {
    List<String> times = new ArrayList<>();
    Optional<ZonedDateTime> next = expression.nextAfter(from);
    while (next.isPresent() && times.size() < count) {
      times.add(text(next.get()));
      next = expression.nextAfter(next.get());
    }
    return times;
  }

  private static String text(ZonedDateTime time) {
    boolean utc = time.getZone().normalized().equals(ZoneOffset.UTC);
    return (utc ? IN_UTC : WITH_OFFSET).format(time);
  }

  private String json(CronExpression expression, List<String> times) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = new JsonFactory().createGenerator(text)) {
      generator.writeStartObject();
      generator.writeStringField("cron", cron);
      generator.writeStringField("zone", zone);
      generator.writeStringField("description", expression.describe());
      generator.writeFieldName("next");
      generator.writeArray(times.toArray(String[]::new), 0, times.size());
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return text.toString();
  }
}
