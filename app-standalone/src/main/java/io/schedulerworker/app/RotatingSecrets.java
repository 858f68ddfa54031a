package io.schedulerworker.app;

import io.schedulerworker.app.settings.SecretSource;
import io.schedulerworker.app.settings.Settings;
import io.schedulerworker.app.settings.SigningSecrets;
import io.schedulerworker.port.Credential;
import io.schedulerworker.port.SigningSecret;
import io.schedulerworker.port.TriggerSecrets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The keys and signing secrets for n8n as they are now: files are looked at once in a while, in the background. Thread-safe.
 */
final class RotatingSecrets implements Supplier<TriggerSecrets> {
  private static final long LOOK_AFTER = Duration.ofSeconds(1).toNanos();

  private final List<WatchedSecret<Credential>> keys = new ArrayList<>();
  private final List<WatchedSecret<List<SigningSecret>>> signing = new ArrayList<>();
  private final LongSupplier nanoTime;
  private final boolean hasFiles;
  private final Executor background;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile long looked;
  private volatile TriggerSecrets now;

  /** Begins with what was found when the settings were read. */
  RotatingSecrets(Settings.N8n n8n, LongSupplier nanoTime, Executor background) {
    n8n.keys().forEach(key -> keys.add(new WatchedSecret<>(key.key(), key::credential)));
    n8n.signingSecrets()
        .ifPresent(source -> signing.add(new WatchedSecret<>(source, SigningSecrets::parse)));
    this.nanoTime = nanoTime;
    this.background = background;
    this.hasFiles = n8n.keys().stream().anyMatch(key -> isInFile(key.key()))
        || n8n.signingSecrets().filter(RotatingSecrets::isInFile).isPresent();
    this.looked = nanoTime.getAsLong();
    this.now = secrets();
  }

  private static boolean isInFile(SecretSource source) {
    return source.file().isPresent();
  }

  private TriggerSecrets secrets() {
    return new TriggerSecrets(
        keys.stream().map(WatchedSecret::value).toList(),
        signing.stream().flatMap(secret -> secret.value().stream()).toList());
  }

  @Override
  public TriggerSecrets get() {
    if (hasFiles
        && nanoTime.getAsLong() - looked >= LOOK_AFTER
        && looking.compareAndSet(false, true)) {
      background.execute(this::look);
    }
    return now;
  }

  private void look() {
    try {
      lookAtAll();
    } finally {
      looked = nanoTime.getAsLong();
      looking.set(false);
    }
  }

  private void lookAtAll() {
    boolean changed = false;
    for (WatchedSecret<?> secret : keys) {
      changed |= secret.look();
    }
    for (WatchedSecret<?> secret : signing) {
      changed |= secret.look();
    }
    if (changed) {
      now = secrets();
    }
  }
}
