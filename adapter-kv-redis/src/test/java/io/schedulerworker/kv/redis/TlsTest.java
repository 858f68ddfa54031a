package io.schedulerworker.kv.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.system.SystemClock;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that speaks TLS alone, and knows one user who may do what a store does, under one prefix. */
class TlsTest {
  private static final SystemClock CLOCK = new SystemClock();

  @TempDir
  static Path folder;

  private static Certificate certificate;
  private static RedisServer server;

  @BeforeAll
  static void start() throws Exception {
    certificate = Certificate.make(folder, "dns:localhost");
    server = RedisServer.startTls(
        folder,
        certificate,
        "--user default off --user worker on >hunter2 resetkeys ~jobs:* +@all -@admin -@dangerous"
            .split(" "));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Deadline deadline() {
    return Deadline.in(Duration.ofSeconds(20), CLOCK);
  }

  private static KvStore open(String userAndHost, String query) {
    return new RedisKvStoreProvider()
        .open("rediss://" + userAndHost + ":" + server.port() + "/0?" + query, CLOCK);
  }

  private static KvStoreException failure(KvStore store) {
    return catchThrowableOfType(
        KvStoreException.class, () -> store.put("a", "1", Ttl.NONE, deadline()));
  }

  @Test
  void aUserIsServedUnderItsPrefixAlone() {
    String trusted = "&ca=" + certificate.file();
    try (KvStore store = open("worker:hunter2@localhost", "prefix=jobs:" + trusted);
        KvStore elsewhere = open("worker:hunter2@localhost", "prefix=other:" + trusted);
        KvStore wrong = open("worker:hunter3@localhost", "prefix=jobs:" + trusted)) {
      store.put("a", "1", Ttl.NONE, deadline());
      assertThat(store.get("a", deadline())).map(KvEntry::value).contains("1");

      assertThat(failure(elsewhere)).hasMessageContaining("NOPERM");
      assertThat(failure(elsewhere).kind()).isEqualTo(KvStoreException.Kind.REJECTED);
      assertThat(failure(wrong))
          .hasMessageContaining("WRONGPASS")
          .hasMessageNotContaining("hunter");
      assertThat(failure(wrong).kind()).isEqualTo(KvStoreException.Kind.REJECTED);
    }
  }

  @Test
  void aServerThatCannotProveItselfIsRefused() {
    try (KvStore unknown = open("worker:hunter2@localhost", "prefix=jobs:");
        KvStore otherName =
            open("worker:hunter2@127.0.0.1", "prefix=jobs:&ca=" + certificate.file())) {
      assertThat(failure(unknown)).hasMessageContaining("unable to find valid certification path");
      assertThat(failure(otherName)).hasMessageContaining("127.0.0.1");
      assertThat(failure(otherName).kind()).isNotEqualTo(KvStoreException.Kind.OUTCOME_UNKNOWN);
    }
  }
}
