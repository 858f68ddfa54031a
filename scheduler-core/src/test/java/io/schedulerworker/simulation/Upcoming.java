package io.schedulerworker.simulation;

import io.schedulerworker.SchedulerWorker;
import io.schedulerworker.SchedulerWorkerBuilder;
import io.schedulerworker.model.Delivery;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.TraceId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What the core does not have yet, found by its name: to be replaced by plain calls. */
final class Upcoming {
  private Upcoming() {}

  static void delivery(SchedulerWorkerBuilder builder, Delivery delivery) {
    method(builder, "delivery").ifPresent(found -> call(found, builder, delivery));
  }

  static Optional<CompletionStage<?>> stop(SchedulerWorker worker) {
    return method(worker, "stop").map(found -> (CompletionStage<?>) call(found, worker));
  }

  static Optional<String> complete(
      SchedulerWorker worker, TraceId traceId, String kpiId, KpiStatus status, String error) {
    return method(worker.jobs(), "complete")
        .map(found -> ((Enum<?>) call(found, worker.jobs(), traceId, kpiId, status, error)).name());
  }

  private static Optional<Method> method(Object of, String name) {
    return Arrays.stream(of.getClass().getMethods())
        .filter(method -> method.getName().equals(name))
        .findFirst();
  }

  private static Object call(Method method, Object on, Object... arguments) {
    try {
      return method.invoke(on, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
