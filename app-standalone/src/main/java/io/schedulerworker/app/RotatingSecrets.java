package io.schedulerworker.app;

import io.schedulerworker.app.io.LastGood;
import io.schedulerworker.app.settings.SecretSource;
import io.schedulerworker.app.settings.Settings;
import io.schedulerworker.app.settings.SigningSecrets;
import io.schedulerworker.port.Credential;
import io.schedulerworker.port.SigningSecret;
import io.schedulerworker.port.TriggerSecrets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The keys and signing secrets for n8n as they are in their files now. Thread-safe; does not block. */
final class RotatingSecrets implements Supplier<TriggerSecrets> {
  private final List<LastGood<String, Credential>> keys;
  private final List<LastGood<String, List<SigningSecret>>> signing;
  private volatile TriggerSecrets now;

  /** Begins with what was found when the settings were read, and has their files watched. */
  RotatingSecrets(Settings.N8n n8n, Consumer<LastGood<?, ?>> watch) {
    List<LastGood<?, ?>> inFiles = new ArrayList<>();
    keys = n8n.keys().stream()
        .map(key -> secret(key.key(), key::credential, inFiles))
        .toList();
    signing = n8n.signingSecrets().stream()
        .map(source -> secret(source, SigningSecrets::parse, inFiles))
        .toList();
    now = secrets();
    inFiles.forEach(each -> each.whenChanged(this::changed));
    inFiles.forEach(watch);
  }

  /** A secret as it is now, added to those that are in files if it is in one. */
  static <T> LastGood<String, T> secret(
      SecretSource source, Function<String, T> parser, List<LastGood<?, ?>> inFiles) {
    String first = source.first().reveal();
    LastGood<String, T> secret =
        new LastGood<>(source.name(), first, parser.apply(first), source::current, parser::apply);
    if (source.file().isPresent()) {
      inFiles.add(secret);
    }
    return secret;
  }

  /** Whoever is last has seen what all others did. */
  private synchronized void changed() {
    now = secrets();
  }

  private TriggerSecrets secrets() {
    return new TriggerSecrets(
        keys.stream().map(LastGood::value).toList(),
        signing.stream().flatMap(secret -> secret.value().stream()).toList());
  }

  @Override
  public TriggerSecrets get() {
    return now;
  }
}
