package io.schedulerworker.n8n;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only what needs no name server may be called on the caller's own thread. */
class NumericHostTest {
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "10.20.30.40", "[::1]", "[2001:db8::17]"})
  void anAddressNeedsNoLookUp(String host) {
    assertThat(NumericHost.is(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "n8n",
        "n8n.example.com",
        "1.2.3.example",
        "127.1",
        "2130706433",
        "1.2.3.4.5",
        "0x7f.0.0.1",
        "127.0.0.1.",
        "[fe80::1%eth0]"
      })
  void anythingElseMay(String host) {
    assertThat(NumericHost.is(host)).isFalse();
  }
}
