package io.schedulerworker.app.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Says a text a byte at a time, with pauses, for as long as somebody takes it. */
final class Drip implements AutoCloseable {
  private static final long PAUSE_MILLIS = 50;

  private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();

  private final Wire wire;

  Drip(Wire wire) {
    this.wire = wire;
  }

  void say(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    AtomicInteger next = new AtomicInteger();
    var unused = pace.scheduleAtFixedRate(
        () -> say(bytes[next.getAndIncrement()]), 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void say(byte one) {
    try {
      wire.say(new byte[] {one});
    } catch (IOException e) {
      pace.shutdown();
    }
  }

  @Override
  public void close() {
    pace.shutdownNow();
  }
}
