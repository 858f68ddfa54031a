package io.schedulerworker.n8n;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.port.BreakerSettings;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TargetsTest {
  private final Targets all = new Targets(BreakerSettings.defaults(Duration.ofSeconds(10)));

  @Test
  void aPortOfAHostIsOneTarget() {
    Target target = all.of(URI.create("http://n8n/webhook/one"));
    assertThat(all.of(URI.create("http://N8N:80/webhook/two"))).isSameAs(target);
    assertThat(all.of(URI.create("http://n8n:81/webhook/one"))).isNotSameAs(target);
  }

  @Test
  void thoseThatWereNotCalledForLongAreForgotten() {
    Target busy = all.of(host(-1));
    Target idle = all.of(host(-2));
    for (int i = 0; i < 30_000; i++) {
      all.of(host(i));
      assertThat(all.of(host(-1))).isSameAs(busy);
    }
    assertThat(all.of(host(-2))).isNotSameAs(idle);
  }

  private static URI host(int number) {
    return URI.create("http://host" + number + "/");
  }
}
