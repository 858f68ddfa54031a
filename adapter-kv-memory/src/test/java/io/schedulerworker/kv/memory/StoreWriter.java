package io.schedulerworker.kv.memory;

import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import io.schedulerworker.system.SystemClock;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/** A process that writes to a store until it is killed, and says before and after each write what it does. */
final class StoreWriter {
  private static final int KEYS = 20;
  private static final SystemClock CLOCK = new SystemClock();

  private StoreWriter() {}

  public static void main(String[] args) {
    long seed = Long.parseLong(args[1]);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (KvStore store = FileKvStore.open(Path.of(args[0]), CLOCK)) {
      Random random = new Random(seed);
      for (long number = 0; ; number++) {
        String key = "key-" + random.nextInt(KEYS);
        boolean delete = random.nextInt(8) == 0;
        String value = delete ? "-" : seed + "." + number + ":" + filler(random);
        String name = name(value);
        out.println("begin " + key + " " + name);
        write(store, key, delete ? null : value, random);
        out.println("done " + key + " " + name);
      }
    }
  }

  /** What tells a value apart from all others; a value has it at its beginning and its length at its end. */
  static String name(String value) {
    int colon = value.indexOf(':');
    return colon < 0 ? value : value.substring(0, colon) + "/" + value.length();
  }

  /** Some of it great, of which a half cannot be stored in much less room. */
  private static String filler(Random random) {
    int length = random.nextInt(4) == 0 ? random.nextInt(1 << 20) : random.nextInt(2_000);
    StringBuilder filler = new StringBuilder("v".repeat(length));
    if (random.nextBoolean()) {
      for (int i = 0; i < length; i++) {
        filler.setCharAt(i, (char) random.nextInt('0', '['));
      }
    }
    return filler.toString();
  }

  private static void write(KvStore store, String key, String value, Random random) {
    Deadline deadline = Deadline.in(Duration.ofSeconds(30), CLOCK);
    if (value == null) {
      store.delete(key, deadline);
      return;
    }
    Optional<Version> present = store.get(key, deadline).map(KvEntry::version);
    boolean conditional = random.nextBoolean();
    if (conditional && present.isPresent()) {
      require(store
          .replaceIfUnchanged(key, value, present.get(), Ttl.NONE, deadline)
          .isPresent());
    } else if (conditional) {
      require(store.putIfAbsent(key, value, Ttl.NONE, deadline).isPresent());
    } else {
      store.put(key, value, Ttl.NONE, deadline);
    }
  }

  private static void require(boolean written) {
    if (!written) {
      throw new IllegalStateException("nobody else writes here");
    }
  }
}
