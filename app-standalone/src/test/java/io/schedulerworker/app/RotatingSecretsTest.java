package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.app.settings.Settings;
import io.schedulerworker.app.settings.SettingsReader;
import io.schedulerworker.port.Credential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingSecretsTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String NEXT = "whsec_bmV4dC1zZWNyZXQtbmV4dC1zZWNyZXQh";

  @TempDir
  Path folder;

  private final AtomicLong nanos = new AtomicLong();
  private Path key;
  private Path signing;
  private Settings settings;
  private RotatingSecrets secrets;

  @BeforeEach
  void read() throws IOException {
    key = Files.writeString(folder.resolve("key"), "old\n");
    signing = Files.writeString(folder.resolve("signing"), SECRET);
    settings = SettingsReader.read(
            Map.of(),
            Map.of(
                "N8N_API_KEY_FILE", key.toString(),
                "SCHEDULER_N8N_SIGNING_SECRETS_FILE", signing.toString()),
            Optional.empty())
        .settings()
        .orElseThrow();
    secrets = new RotatingSecrets(settings.n8n(), nanos::get, Runnable::run);
  }

  private String keyAfter(long millis) {
    nanos.addAndGet(millis * 1_000_000);
    return secrets.get().credential("any", 80).map(Credential::value).orElse("none");
  }

  @Test
  void aFileThatChangedIsReadAnewWithinASecond() throws IOException {
    assertThat(keyAfter(0)).isEqualTo("Bearer old");
    Files.writeString(key, "new");

    assertThat(keyAfter(999)).isEqualTo("Bearer old");
    assertThat(keyAfter(1)).isEqualTo("Bearer new");
  }

  @Test
  void whatCannotBeUsedLeavesTheLastGoodOne() throws IOException {
    for (String bad : new String[] {"", "a\nb", "ü"}) {
      Files.writeString(key, bad);
      assertThat(keyAfter(1000)).isEqualTo("Bearer old");
    }
    Files.delete(key);
    assertThat(keyAfter(1000)).isEqualTo("Bearer old");
    Files.writeString(key, "new");
    assertThat(keyAfter(1000)).isEqualTo("Bearer new");
  }

  /** A key that was replaced in the night is the one that the first call of the morning has. */
  @Test
  void theFirstCallAfterALongTimeHasTheNewKey() throws IOException {
    ExecutorService background = Executors.newSingleThreadExecutor();
    try {
      secrets = new RotatingSecrets(settings.n8n(), nanos::get, background);
      Files.writeString(key, "new");
      assertThat(keyAfter(24 * 3600 * 1000L)).isEqualTo("Bearer new");
    } finally {
      background.shutdown();
    }
  }

  @Test
  void signingSecretsAreAddedAndTakenAway() throws IOException {
    Files.writeString(signing, SECRET + "\n" + NEXT);
    nanos.addAndGet(1_000_000_000);
    assertThat(secrets.get().signingSecrets()).hasSize(2);

    Files.writeString(signing, NEXT);
    nanos.addAndGet(1_000_000_000);
    assertThat(secrets.get().signingSecrets()).hasSize(1);
  }
}
