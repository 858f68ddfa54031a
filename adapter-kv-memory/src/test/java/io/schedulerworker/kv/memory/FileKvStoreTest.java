package io.schedulerworker.kv.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.schedulerworker.kv.memory.disk.FaultyDisk;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.KvStoreException.Kind;
import io.schedulerworker.port.StoreInUseException;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file adds to the contract of a store: it outlives the process, has one owner, and can be damaged. */
class FileKvStoreTest extends FileStoreFixture {
  private static final String MEGABYTE = "x".repeat(1 << 20);

  private static final String DAMAGEABLE = Noise.characters(300_000, ' ', '~');

  /** 12 MB that cannot be made much smaller. */
  private static final String GREAT = Noise.characters(12 << 20, ' ', '~');

  @AfterEach
  void mendTheDisk() {
    FaultyDisk.FAULT.set(null);
    FaultyDisk.HOLD.set(null);
    FaultyDisk.ROOM.set(Long.MAX_VALUE);
    FaultyDisk.READ_FAULT.set(null);
  }

  @Test
  void whatWasWrittenIsThereWhenItIsOpenedAgain() {
    try (FileKvStore store = open()) {
      put(store, "a", "1");
      put(store, "b", MEGABYTE);
      put(store, "c", "gone");
      store.delete("c", ample());
      store.put("d", "for an hour", Ttl.of(Duration.ofHours(1)), ample());
    }
    clock.advance(Duration.ofMinutes(59));
    try (FileKvStore store = open()) {
      assertThat(store.list(KvListing.ascending("", 9), ample()).entries())
          .extracting(KvEntry::key)
          .containsExactly("a", "b", "d");
      assertThat(get(store, "b")).contains(MEGABYTE);
    }
    clock.advance(Duration.ofMinutes(1));
    try (FileKvStore store = open()) {
      assertThat(get(store, "d")).isEmpty();
    }
  }

  @Test
  void filesAreForTheirOwnerAlone() throws IOException {
    open().close();
    for (Path each : new Path[] {file(), StoreLock.fileOf(file())}) {
      assertThat(Files.getPosixFilePermissions(each))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void oneValueRewrittenManyTimesDoesNotFillTheDisk() throws IOException {
    try (FileKvStore store = open()) {
      long most = 0;
      for (int i = 0; i < 2_000; i++) {
        put(store, "record", i + MEGABYTE);
        most = Math.max(most, Files.size(file()));
      }
      // A few dozen megabytes of old values at any moment, of 2 000 written.
      assertThat(most).isLessThan(64L << 20);
      assertThat(get(store, "record")).contains(1_999 + MEGABYTE);
    }
  }

  @Test
  void manySmallWritesTakeLittleMoreRoomThanWhatIsWritten() throws IOException {
    int writes = 3_000;
    String value = "v".repeat(500);
    try (FileKvStore store = open()) {
      for (int i = 0; i < writes; i++) {
        put(store, "key-%06d".formatted(i), value);
      }
    }
    assertThat(Files.size(file())).isLessThan(5L * writes * value.length());
  }

  @Test
  void expiredValuesGoAsOthersAreWritten() throws IOException {
    try (FileKvStore store = open()) {
      for (int i = 0; i < 50; i++) {
        store.put("short-" + i, MEGABYTE.substring(i), Ttl.of(Duration.ofSeconds(5)), ample());
      }
      clock.advance(Duration.ofSeconds(5));
      for (int i = 0; i < 50; i++) {
        put(store, "kept", "value " + i);
        clock.advance(Duration.ofSeconds(1));
      }
    }
    assertThat(Files.size(file())).isLessThan(32L << 20);
  }

  @Test
  void twoDoNotOwnOneFile() {
    try (FileKvStore first = open()) {
      put(first, "a", "1");
      assertThatExceptionOfType(StoreInUseException.class)
          .isThrownBy(this::open)
          .withMessageStartingWith("file:" + file())
          .withMessageContaining("pid " + ProcessHandle.current().pid())
          .satisfies(e -> assertThat(e.pid()).hasValue(ProcessHandle.current().pid()));
      assertThat(get(first, "a")).contains("1");
    }
    open().close();
  }

  @Test
  void aFileThatIsTakenAwayWhileItIsOpenIsNoFreshStart() throws IOException {
    try (FileKvStore store = open()) {
      put(store, "a", "1");
      Path away = Files.move(file(), file().resolveSibling("away"));

      for (int i = 0; i < 2; i++) {
        assertThatExceptionOfType(KvStoreException.class)
            .isThrownBy(() -> put(store, "a", "2"))
            .withMessageContaining("deleted or replaced");
        assertThatExceptionOfType(KvStoreException.class).isThrownBy(() -> get(store, "a"));
      }
      Files.writeString(file(), "another file");
      assertThatExceptionOfType(KvStoreException.class).isThrownBy(() -> get(store, "a"));

      Files.move(away, file(), StandardCopyOption.REPLACE_EXISTING);
      assertThat(get(store, "a")).contains("1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"No space left on device", "Input/output error"})
  void aWriteThatTheDiskRefusesHarmsNothing(String fault) {
    FaultyDisk.install();
    try (FileKvStore store = FileKvStore.open(file(), FaultyDisk.SCHEME, clock)) {
      put(store, "a", "before");

      FaultyDisk.FAULT.set(fault);
      assertThatExceptionOfType(KvStoreException.class)
          .isThrownBy(() -> put(store, "a", MEGABYTE))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN))
          .withMessageContaining(fault)
          .withMessageContaining(file().toString());
      assertThatExceptionOfType(KvStoreException.class).isThrownBy(() -> put(store, "b", "2"));

      FaultyDisk.FAULT.set(null);
      assertThat(get(store, "a")).contains("before");
      assertThat(get(store, "b")).isEmpty();
      put(store, "a", "after");
      assertThat(get(store, "a")).contains("after");
    }
    try (FileKvStore store = open()) {
      assertThat(get(store, "a")).contains("after");
    }
  }

  @Test
  void aGreatValueThatDoesNotFitLeavesNothingBehind() throws IOException {
    FaultyDisk.install();
    try (FileKvStore store = FileKvStore.open(file(), FaultyDisk.SCHEME, clock)) {
      put(store, "a", "before");
      for (int i = 0; i < 10; i++) {
        FaultyDisk.ROOM.set(6 << 20);
        assertThatExceptionOfType(KvStoreException.class)
            .isThrownBy(() -> put(store, "a", GREAT))
            .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN))
            .withMessageContaining("No space left on device");
        FaultyDisk.ROOM.set(Long.MAX_VALUE);
        assertThat(get(store, "a")).contains("before");
        put(store, "b", "written " + i);
      }
      assertThat(Files.size(file())).isLessThan(20 << 20);
      put(store, "a", GREAT);
      assertThat(get(store, "a")).contains(GREAT);
    }
  }

  /** What came with the write over which the engine closed itself was not written either, and nobody is told that it was. */
  @Test
  void whatSharesItsCommitWithAGreatValueThatDoesNotFitIsNotTakenForWritten() throws Exception {
    FaultyDisk.install();
    try (FileKvStore store = FileKvStore.open(file(), FaultyDisk.SCHEME, clock)) {
      put(store, "a", "before");
      CountDownLatch hold = new CountDownLatch(1);
      FaultyDisk.HOLD.set(hold);
      List<Thread> writers = new ArrayList<>();
      Queue<String> written = new ConcurrentLinkedQueue<>();
      Queue<String> refused = new ConcurrentLinkedQueue<>();
      for (String key : List.of("first", "second", "third", "a", "fourth")) {
        String value = key.equals("a") ? GREAT : "small";
        Thread writer = new Thread(() -> {
          try {
            put(store, key, value);
            written.add(key);
          } catch (KvStoreException e) {
            if (e.kind() != Kind.OUTCOME_UNKNOWN) {
              refused.add(key);
            }
          }
        });
        writers.add(writer);
        writer.start();
        awaitWaiting(writers, writers.size());
      }
      clock.advance(Duration.ofSeconds(5));
      FaultyDisk.ROOM.set(3 << 20);
      hold.countDown();
      for (Thread writer : writers) {
        writer.join();
      }
      FaultyDisk.ROOM.set(Long.MAX_VALUE);
      assertThat(written).doesNotContain("a");
      for (String key : refused) {
        assertThat(get(store, key))
            .as(key)
            .isEqualTo(key.equals("a") ? Optional.of("before") : Optional.empty());
      }
      for (String key : written) {
        assertThat(get(store, key)).as(key).contains("small");
      }
    }
  }

  /** To replace a great value is to read where its pieces are. */
  @Test
  void aChangeThatTheDiskCutsShortDidNotHappen() {
    FaultyDisk.install();
    try (FileKvStore store = FileKvStore.open(file(), FaultyDisk.SCHEME, clock)) {
      put(store, "a", GREAT);
      put(store, "b", "before");

      FaultyDisk.READ_FAULT.set("Input/output error");
      assertThatExceptionOfType(KvStoreException.class)
          .isThrownBy(() -> put(store, "a", "after"))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
          .withMessageContaining("Input/output error");
      assertThatExceptionOfType(KvStoreException.class)
          .isThrownBy(() -> store.delete("a", ample()))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));

      FaultyDisk.READ_FAULT.set(null);
      assertThat(get(store, "a")).contains(GREAT);
      put(store, "b", "after");
      assertThat(get(store, "a")).contains(GREAT);
    }
  }

  @Test
  void aGreatValueIsNotTouchedWhenItsNeighboursAre() {
    FaultyDisk.install();
    try (FileKvStore store = FileKvStore.open(file(), FaultyDisk.SCHEME, clock)) {
      put(store, "a", GREAT);
      Version other = new Version("00000000000000000000000000000000");
      FaultyDisk.WRITTEN.set(0);
      FaultyDisk.READ.set(0);
      for (int i = 0; i < 100; i++) {
        put(store, "a-" + i, "small");
        assertThat(store.replaceIfUnchanged("a", "b", other, Ttl.NONE, ample())).isEmpty();
      }
      assertThat(FaultyDisk.WRITTEN).hasValueLessThan(6 << 20);
      assertThat(FaultyDisk.READ).hasValueLessThan(6 << 20);
    }
  }

  /** Both came while the disk was busy: the read shows what is there, whatever becomes of the write. */
  @Test
  void aReadIsNotHeldUpByAWriteThatCameBeforeIt() throws Exception {
    FaultyDisk.install();
    List<Thread> threads = new CopyOnWriteArrayList<>();
    ExecutorService callers = Executors.newCachedThreadPool(task -> {
      Thread thread = new Thread(task);
      threads.add(thread);
      return thread;
    });
    try (FileKvStore store = FileKvStore.open(file(), FaultyDisk.SCHEME, clock)) {
      put(store, "a", "before");
      CountDownLatch release = new CountDownLatch(1);
      FaultyDisk.HOLD.set(release);
      Future<?> holdsTheDisk = callers.submit(() -> put(store, "b", "held"));
      awaitWaiting(threads, 1);
      Future<?> write = callers.submit(() -> put(store, "a", "after"));
      awaitWaiting(threads, 2);
      Future<Optional<String>> read = callers.submit(() -> get(store, "a"));
      awaitWaiting(threads, 3);
      FaultyDisk.FAULT.set("Input/output error");
      release.countDown();

      assertThat(read.get()).contains("before");
      assertThat(holdsTheDisk).failsWithin(Duration.ofMinutes(1));
      assertThat(write).failsWithin(Duration.ofMinutes(1));
    } finally {
      callers.shutdownNow();
    }
  }

  private static void awaitWaiting(List<Thread> threads, int count) {
    Instant last = Instant.now().plusSeconds(60);
    while (threads.stream()
            .filter(each -> each.getState() == Thread.State.TIMED_WAITING)
            .count()
        < count) {
      assertThat(Instant.now()).as("threads that wait: %s", threads).isBefore(last);
      Thread.onSpinWait();
    }
  }

  @Test
  void whatIsNoStoreIsRefusedAndCopied() throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "These are somebody's notes.".repeat(1_000));

    assertThatIllegalArgumentException()
        .isThrownBy(this::open)
        .withMessageContaining("damaged or no store of ours")
        .withMessageContaining("jobs.damaged");
    assertThat(file()).hasContent("These are somebody's notes.".repeat(1_000));
    assertThat(file().resolveSibling("jobs.damaged")).exists();
  }

  @Test
  void aStoreThatWasEmptiedIsNotTakenForANewOne() throws IOException {
    try (FileKvStore store = open()) {
      put(store, "a", "1");
    }
    Files.write(file(), new byte[0]);
    assertThatIllegalArgumentException().isThrownBy(this::open).withMessageContaining("is empty");

    Files.delete(file());
    assertThatIllegalArgumentException().isThrownBy(this::open).withMessageContaining("is gone");

    Files.delete(StoreLock.fileOf(file()));
    open().close();
  }

  @Test
  void aStoreThatWasCutOffIsNotOpened() throws IOException {
    try (FileKvStore store = open()) {
      for (int i = 0; i < 20; i++) {
        put(store, "key-" + i, i + MEGABYTE);
      }
    }
    byte[] whole = Files.readAllBytes(file());
    Files.write(file(), Arrays.copyOf(whole, whole.length / 2));
    assertThatIllegalArgumentException().isThrownBy(this::open).withMessageContaining("cut off");
  }

  @Test
  void damageIsReportedAndNeverTakenForAValue() throws IOException {
    try (FileKvStore store = open()) {
      for (int i = 0; i < 50; i++) {
        put(store, "key-" + i, damageable(i));
      }
    }
    byte[] whole = Files.readAllBytes(file());
    Random random = new Random(7);
    for (int round = 0; round < 30; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i < 20; i++) {
        damaged[8_192 + random.nextInt(damaged.length - 8_192)] ^= (byte) (1 + random.nextInt(255));
      }
      Path file = Files.write(folder.resolve("jobs-" + round), damaged);
      readAll(file);
    }
  }

  private static String damageable(int number) {
    return number + ":" + (number % 10 == 0 ? DAMAGEABLE : "v".repeat(10_000));
  }

  /** Each value is whole, or the store says that it cannot be read. */
  private void readAll(Path file) {
    try (FileKvStore store = FileKvStore.open(file, clock)) {
      for (int i = 0; i < 50; i++) {
        try {
          Optional<String> value = get(store, "key-" + i);
          if (value.isPresent()) {
            assertThat(value).contains(damageable(i));
          }
        } catch (KvStoreException e) {
          assertThat(e.kind()).isNotEqualTo(Kind.OUTCOME_UNKNOWN);
          assertThat(e.getMessage()).contains(file.toString()).doesNotContain("\n");
        }
      }
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).contains(file + ".damaged").doesNotContain("\n");
    }
  }

  @Test
  void aPlaceThatCannotBeUsedIsNamed() throws IOException {
    Files.writeString(folder.resolve("plain"), "x");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FileKvStore.open(folder.resolve("plain/jobs"), clock))
        .withMessageStartingWith("file:" + folder.resolve("plain/jobs") + " cannot be opened");
    Files.createDirectories(file());
    assertThatIllegalArgumentException()
        .isThrownBy(this::open)
        .withMessageContaining("is a directory");
  }

  @Test
  void aUriNamesAPath() {
    FileKvStoreProvider provider = new FileKvStoreProvider();
    provider.open("file:" + folder.resolve("one"), clock).close();
    provider.open("file://" + folder.resolve("two"), clock).close();
    assertThat(folder.resolve("one")).exists();
    assertThat(folder.resolve("two")).exists();
    for (String bad : new String[] {"file:", "file:  ", "file://host/x", "file:data/"}) {
      assertThatIllegalArgumentException()
          .as(bad)
          .isThrownBy(() -> provider.open(bad, clock))
          .withMessageContaining("file:data/jobs");
    }
  }
}
