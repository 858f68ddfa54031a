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
  private volatile List<Key> now;

  /** What recognises a key, and what finds it in texts of others. */
  private record Key(ApiKey recognised, KnownSecrets secret) {
    static Key of(ApiKeySettings settings, String text) {
      return new Key(settings.recognised(text), KnownSecrets.of(List.of(text)));
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

  private List<Key> values() {
    return keys.stream().map(LastGood::value).toList();
  }

  @Override
  public List<ApiKey> get() {
    return now.stream().map(Key::recognised).toList();
  }

  /** A text of others without the keys. */
  String redact(String text) {
    String shown = text;
    for (Key key : now) {
      shown = key.secret().redact(shown);
    }
    return shown;
  }
}
