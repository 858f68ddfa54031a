package io.schedulerworker.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class VersionTest {
  private final AtomicInteger computed = new AtomicInteger();

  private Version counted(String token) {
    return Version.lazy(() -> {
      computed.incrementAndGet();
      return token;
    });
  }

  @Test
  void aTokenIsComputedWhenSomebodyAsksAndOnce() {
    Version version = counted("a");
    assertThat(computed).hasValue(0);

    assertThat(version.token()).isEqualTo("a");
    assertThat(version).hasToString("a").hasSameHashCodeAs(new Version("a"));

    assertThat(computed).hasValue(1);
  }

  @Test
  void versionsAreEqualIfTheirTokensAre() {
    assertThat(counted("a")).isEqualTo(new Version("a")).isNotEqualTo(counted("b"));
    assertThat(new Version("a")).isEqualTo(counted("a")).isNotEqualTo(counted("b"));
    assertThat(new Version("a")).isNotEqualTo("a");
  }

  @Test
  void aVersionIsEqualToItselfWithoutATokenOfIt() {
    Version version = counted("a");

    assertThat(version.equals(version)).isTrue();

    assertThat(computed).hasValue(0);
  }

  @Test
  void threadsThatAskTogetherComputeATokenOnce() throws Exception {
    Version version = counted("a");
    CountDownLatch together = new CountDownLatch(8);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<String>> tokens = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      tokens.add(threads.submit(() -> {
        together.countDown();
        together.await();
        return version.token();
      }));
    }

    for (Future<String> token : tokens) {
      assertThat(token.get()).isEqualTo("a");
    }
    assertThat(computed).hasValue(1);
    threads.shutdownNow();
  }

  @Test
  void aFailureIsThrownAndTheNextCallTriesAgain() {
    Version version = Version.lazy(() -> {
      if (computed.getAndIncrement() == 0) {
        throw new IllegalStateException("not yet");
      }
      return "a";
    });

    assertThatIllegalStateException().isThrownBy(version::token);

    assertThat(version.token()).isEqualTo("a");
  }

  @Test
  void whatComputedATokenIsLetGo() {
    byte[] value = new byte[1 << 20];
    WeakReference<byte[]> weak = new WeakReference<>(value);
    Version version = lengthOf(value);
    value = null;
    assertThat(version.token()).isEqualTo("1048576");

    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (weak.get() != null && System.nanoTime() < end) {
      System.gc();
    }

    assertThat(weak.get()).isNull();
    assertThat(version.token()).isEqualTo("1048576");
  }

  private static Version lengthOf(byte[] value) {
    return Version.lazy(() -> String.valueOf(value.length));
  }
}
