package io.schedulerworker.app;

import io.schedulerworker.app.http.ApiKey;
import io.schedulerworker.app.io.LastGood;
import io.schedulerworker.app.settings.ApiKeySettings;
import io.schedulerworker.port.KnownSecrets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The keys of the HTTP API as they are in their files now. Thread-safe; does not block. */
final class RotatingApiKeys implements Supplier<List<ApiKey>> {
  private final List<LastGood<String, Key>> keys;
  private volatile Keys now;

  /** What recognises a key, and what finds it in texts of others. */
  private record Key(ApiKey recognised, KnownSecrets secret) {
    static Key of(ApiKeySettings settings, String text) {
      return new Key(settings.recognised(text), KnownSecrets.of(List.of(text)));
    }
  }

  /** All of them at one time. */
  private record Keys(List<ApiKey> recognised, KnownSecrets secrets) {
    static Keys of(List<Key> keys) {
      return new Keys(
          keys.stream().map(Key::recognised).toList(),
          keys.stream().map(Key::secret).reduce(KnownSecrets.of(List.of()), KnownSecrets::and));
    }
  }

  /** Begins with what was found when the settings were read, and has their files watched. */
  RotatingApiKeys(List<ApiKeySettings> settings, Consumer<LastGood<?, ?>> watch) {
    List<LastGood<?, ?>> inFiles = new ArrayList<>();
    keys = settings.stream()
        .map(each -> RotatingSecrets.secret(each.key(), text -> Key.of(each, text), inFiles))
        .toList();
    now = values();
    inFiles.forEach(each -> each.whenChanged(this::changed));
    inFiles.forEach(watch);
  }

  /** Whoever is last has seen what all others did. */
  private synchronized void changed() {
    now = values();
  }

  private Keys values() {
    return Keys.of(keys.stream().map(LastGood::value).toList());
  }

  @Override
  public List<ApiKey> get() {
    return now.recognised();
  }

  /** What finds them in texts of others. */
  KnownSecrets secrets() {
    return now.secrets();
  }
}
