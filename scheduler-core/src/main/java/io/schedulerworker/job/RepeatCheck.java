package io.schedulerworker.job;

import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvStoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Looks at what others made of a job before a KPI is called again: what is settled is not. Those that ask while one look
 * is under way share the next. Thread-safe.
 */
final class RepeatCheck {
  private static final Logger LOG = System.getLogger(RepeatCheck.class.getName());

  private final TraceId traceId;
  private final JobReader reader;
  private final JobSettings settings;
  private final Clock clock;
  private final BooleanSupplier isOver;
  private final Serial work;
  private final Queue<Question> asked = new ConcurrentLinkedQueue<>();
  private final Backoff backoff = new Backoff();

  RepeatCheck(
      TraceId traceId,
      JobReader reader,
      JobSettings settings,
      Clock clock,
      Executor executor,
      BooleanSupplier isOver) {
    this.traceId = traceId;
    this.reader = reader;
    this.settings = settings;
    this.clock = clock;
    this.work = new Serial(executor);
    this.isOver = isOver;
  }

  /** Whether a KPI still needs a call; false once the job is over. */
  void ask(String kpiId, Consumer<Boolean> answer) {
    asked.add(new Question(kpiId, answer));
    work.execute(this::look);
  }

  private void look() {
    if (isOver.getAsBoolean()) {
      take().forEach(question -> question.answer().accept(false));
    } else if (!asked.isEmpty()) {
      lookIntoTheStore();
    }
  }

  private void lookIntoTheStore() {
    List<Question> questions = take();
    try {
      Optional<JobRecord> job = reader.find(traceId, Deadline.in(settings.stepTimeout(), clock));
      backoff.reset();
      questions.forEach(question -> question.answer().accept(isPending(job, question.kpiId())));
    } catch (KvStoreException | Error e) {
      asked.addAll(questions);
      clock.after(backoff.next(), () -> work.execute(this::look));
    } catch (RuntimeException e) {
      // Left as it is: the end of the job tells of the record that cannot be read.
      LOG.log(Level.WARNING, "nobody of {0} is called again: {1}", traceId, e.getMessage());
      questions.forEach(question -> question.answer().accept(false));
    }
  }

  private List<Question> take() {
    List<Question> taken = new ArrayList<>();
    for (Question next = asked.poll(); next != null; next = asked.poll()) {
      taken.add(next);
    }
    return taken;
  }

  /** Where somebody deleted the record there is nobody to have settled anything. */
  private static boolean isPending(Optional<JobRecord> job, String kpiId) {
    Optional<KpiRun> run = job.map(found -> found.kpis().get(kpiId));
    return run.map(found -> found.status() == KpiStatus.PENDING).orElse(true);
  }

  /** A KPI that is about to be called again. */
  private record Question(String kpiId, Consumer<Boolean> answer) {}
}
