package io.schedulerworker.testing;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * An executor that keeps its tasks until a test runs them, on the test's own thread and in the order they came.
 *
 * <p>What a task throws reaches the test; the tasks behind it stay. Thread-safe.
 */
public final class ManualExecutor implements Executor {
  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();

  /** An executor without tasks. */
  public ManualExecutor() {}

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  /**
   * Runs the oldest task.
   *
   * @return false if there is none
   */
  public boolean runNext() {
    Runnable task = tasks.poll();
    if (task == null) {
      return false;
    }
    task.run();
    return true;
  }

  /**
   * Runs all tasks, including those that they add.
   *
   * @return how many
   */
  public int runAll() {
    int count = 0;
    while (runNext()) {
      count++;
    }
    return count;
  }

  /**
   * The number of tasks that wait.
   *
   * @return zero or more
   */
  public int pendingTasks() {
    return tasks.size();
  }
}
