package io.schedulerworker.app;

import io.schedulerworker.app.io.LastGood;
import io.schedulerworker.app.io.Looks;
import io.schedulerworker.app.settings.KeySettings;
import io.schedulerworker.app.settings.SecretSource;
import io.schedulerworker.app.settings.Settings;
import io.schedulerworker.app.settings.SigningSecrets;
import io.schedulerworker.port.Credential;
import io.schedulerworker.port.SigningSecret;
import io.schedulerworker.port.TriggerSecrets;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The keys and signing secrets for n8n as they are now in their files. Thread-safe. */
final class RotatingSecrets implements Supplier<TriggerSecrets> {
  private final List<LastGood<String, Credential>> keys;
  private final List<LastGood<String, List<SigningSecret>>> signing;
  private final boolean hasFiles;
  private final Looks looks;
  private volatile TriggerSecrets now;

  /** Begins with what was found when the settings were read. */
  RotatingSecrets(Settings.N8n n8n, LongSupplier nanoTime, Executor background) {
    keys = n8n.keys().stream().map(key -> watched(key.key(), key::credential)).toList();
    signing = n8n.signingSecrets().stream()
        .map(source -> watched(source, SigningSecrets::parse))
        .toList();
    hasFiles = Stream.concat(
            n8n.keys().stream().map(KeySettings::key), n8n.signingSecrets().stream())
        .anyMatch(source -> source.file().isPresent());
    looks = new Looks(this::look, nanoTime, background);
    now = secrets();
  }

  private static <T> LastGood<String, T> watched(SecretSource source, Function<String, T> parser) {
    String first = source.first().reveal();
    return new LastGood<>(
        source.name(), first, parser.apply(first), source::current, parser::apply);
  }

  private TriggerSecrets secrets() {
    return new TriggerSecrets(
        keys.stream().map(LastGood::value).toList(),
        signing.stream().flatMap(secret -> secret.value().stream()).toList());
  }

  @Override
  public TriggerSecrets get() {
    if (hasFiles) {
      looks.refresh();
    }
    return now;
  }

  private void look() {
    keys.forEach(LastGood::look);
    signing.forEach(LastGood::look);
    now = secrets();
  }
}
