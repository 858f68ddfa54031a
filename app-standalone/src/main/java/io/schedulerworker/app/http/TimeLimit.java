package io.schedulerworker.app.http;

/** A bound that is known from the beginning. */
final class TimeLimit implements Watch {
  private final long start = System.nanoTime();
  private final long nanos;
  private final Runnable end;

  TimeLimit(long nanos, Runnable end) {
    this.nanos = nanos;
    this.end = end;
  }

  @Override
  public boolean isOver(long now) {
    return now - start > nanos;
  }

  @Override
  public void end() {
    end.run();
  }
}
