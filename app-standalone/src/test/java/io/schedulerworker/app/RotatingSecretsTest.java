package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.app.io.LastGood;
import io.schedulerworker.app.settings.Settings;
import io.schedulerworker.app.settings.SettingsReader;
import io.schedulerworker.port.Credential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingSecretsTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String NEXT = "whsec_bmV4dC1zZWNyZXQtbmV4dC1zZWNyZXQh";

  @TempDir
  Path folder;

  private final List<LastGood<?, ?>> watched = new ArrayList<>();
  private Path key;
  private Path signing;
  private RotatingSecrets secrets;

  @BeforeEach
  void read() throws IOException {
    key = Files.writeString(folder.resolve("key"), "old\n");
    signing = Files.writeString(folder.resolve("signing"), SECRET);
    Settings settings = SettingsReader.read(
            Map.of(),
            Map.of(
                "N8N_API_KEY_FILE", key.toString(),
                "SCHEDULER_N8N_SIGNING_SECRETS_FILE", signing.toString()),
            Optional.empty())
        .settings()
        .orElseThrow();
    secrets = new RotatingSecrets(settings.n8n(), watched::add);
  }

  private String keyAfterALook() {
    watched.forEach(LastGood::look);
    return key();
  }

  private String key() {
    return secrets.get().credential("any", 80).map(Credential::value).orElse("none");
  }

  @Test
  void aFileThatChangedIsReadAnew() throws IOException {
    Files.writeString(key, "new");

    assertThat(key()).isEqualTo("Bearer old");
    assertThat(keyAfterALook()).isEqualTo("Bearer new");
  }

  @Test
  void whatCannotBeUsedLeavesTheLastGoodOne() throws IOException {
    for (String bad : new String[] {"", "a\nb", "ü"}) {
      Files.writeString(key, bad);
      assertThat(keyAfterALook()).isEqualTo("Bearer old");
    }
    Files.delete(key);
    assertThat(keyAfterALook()).isEqualTo("Bearer old");
    Files.writeString(key, "new");
    assertThat(keyAfterALook()).isEqualTo("Bearer new");
  }

  @Test
  void signingSecretsAreAddedAndTakenAway() throws IOException {
    Files.writeString(signing, SECRET + "\n" + NEXT);
    watched.forEach(LastGood::look);
    assertThat(secrets.get().signingSecrets()).hasSize(2);

    Files.writeString(signing, NEXT);
    watched.forEach(LastGood::look);
    assertThat(secrets.get().signingSecrets()).hasSize(1);
  }
}
