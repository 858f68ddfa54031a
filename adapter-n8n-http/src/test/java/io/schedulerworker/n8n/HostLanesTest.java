package io.schedulerworker.n8n;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostLanesTest {
  private final HostLanes lanes = new HostLanes();

  @AfterEach
  void close() {
    lanes.close();
  }

  @Test
  void aHostThatBlocksDelaysNoOther() {
    CompletableFuture<Void> release = new CompletableFuture<>();
    CompletableFuture<String> other = new CompletableFuture<>();

    lanes.run("silent", release::join);
    lanes.run("other", () -> other.complete("done"));

    assertThat(other.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo("done");
    release.complete(null);
  }

  @Test
  void beyondTheMostThreadsNoFurtherHostIsTaken() throws InterruptedException {
    int hosts = HostLanes.MOST_THREADS;
    CompletableFuture<Void> release = new CompletableFuture<>();
    CountDownLatch most = new CountDownLatch(HostLanes.MOST_THREADS);
    CountDownLatch all = new CountDownLatch(hosts);
    AtomicInteger begun = new AtomicInteger();
    for (int i = 0; i < hosts; i++) {
      lanes.run("silent-" + i, () -> {
        begun.incrementAndGet();
        most.countDown();
        release.join();
        all.countDown();
      });
    }

    assertThat(most.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(lanes.run("one more", begun::incrementAndGet)).isFalse();
    assertThat(lanes.run("silent-0", begun::incrementAndGet)).isTrue();
    release.complete(null);
    assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<String> later = new CompletableFuture<>();
    while (!lanes.run("one more", () -> later.complete("done"))) {
      Thread.onSpinWait();
    }
    assertThat(later.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo("done");
  }

  @Test
  void theTasksOfAHostRunAllAndInTurn() throws InterruptedException {
    CountDownLatch all = new CountDownLatch(5000);
    List<Integer> ran = Collections.synchronizedList(new ArrayList<>());

    for (int i = 0; i < 5000; i++) {
      int number = i;
      lanes.run("host", () -> {
        ran.add(number);
        all.countDown();
      });
    }

    assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(ran).containsExactlyElementsOf(IntStream.range(0, 5000).boxed().toList());
  }

  @Test
  void aClosedOneIsSilent() {
    lanes.close();

    lanes.run("host", () -> {});
  }
}
