package io.schedulerworker.dispatch;

import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerOutcome.Accepted;
import io.schedulerworker.port.TriggerRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Works on so many calls at a time, as long as each takes; the others wait in its queue, as they do in an n8n. */
final class QueueingServer implements Lab.Server {
  private final Lab lab;
  private final int workers;
  private final Function<TriggerRequest, Duration> work;
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private int busy;
  int mostAtOnce;

  QueueingServer(Lab lab, int workers, Function<TriggerRequest, Duration> work) {
    this.lab = lab;
    this.workers = workers;
    this.work = work;
  }

  @Override
  public CompletionStage<TriggerOutcome> answer(TriggerRequest request) {
    Waiting waiting = new Waiting(request, new CompletableFuture<>());
    queue.add(waiting);
    mostAtOnce = Math.max(mostAtOnce, busy + queue.size());
    next();
    return waiting.answer();
  }

  private void next() {
    if (busy < workers && !queue.isEmpty()) {
      busy++;
      Waiting first = queue.remove();
      lab.clock.after(work.apply(first.request()), () -> {
        busy--;
        first.answer().complete(new Accepted(200));
        next();
      });
    }
  }

  private record Waiting(TriggerRequest request, CompletableFuture<TriggerOutcome> answer) {}
}
