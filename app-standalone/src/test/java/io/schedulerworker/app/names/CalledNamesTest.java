package io.schedulerworker.app.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.schedulerworker.port.CalledHosts;
import io.schedulerworker.reach.HostRule;
import io.schedulerworker.reach.Reach;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CalledNamesTest {
  private static final String NAME = "n8n.example.com";

  private final CalledHosts calls =
      CalledNames.under(new Reach(List.of(), List.of(HostRule.parse("10.0.0.0/8")), false));

  private static InetAddress address(int... parts) throws UnknownHostException {
    byte[] bytes = new byte[parts.length];
    for (int i = 0; i < parts.length; i++) {
      bytes[i] = (byte) parts[i];
    }
    return InetAddress.getByAddress(bytes);
  }

  private static List<InetAddress> lookUp(String name, InetAddress... found)
      throws UnknownHostException {
    return CalledNames.admitted(name, () -> Stream.of(found)).toList();
  }

  @Test
  void aNameThatIsCalledLeadsOnlyWhereItMay() throws UnknownHostException {
    InetAddress good = address(192, 0, 2, 1);
    InetAddress denied = address(10, 0, 0, 1);
    calls.enter(NAME, 443);
    try {
      assertThat(lookUp("N8N.example.COM", denied, good)).containsExactly(good);
      assertThatThrownBy(() -> lookUp(NAME, denied))
          .isInstanceOf(UnknownHostException.class)
          .hasMessageContaining(NAME);
      assertThat(lookUp("other.example.com", denied)).containsExactly(denied);
    } finally {
      calls.leave(NAME, 443);
    }
  }

  @Test
  void itIsGuardedUntilTheLastCallIsOver() throws UnknownHostException {
    InetAddress denied = address(10, 0, 0, 1);
    calls.enter(NAME, 443);
    calls.enter("N8n.example.com", 443);
    calls.leave(NAME, 443);
    assertThatThrownBy(() -> lookUp(NAME, denied)).isInstanceOf(UnknownHostException.class);

    calls.leave("N8n.example.com", 443);
    assertThat(lookUp(NAME, denied)).containsExactly(denied);
    calls.leave(NAME, 443);
    assertThat(lookUp(NAME, denied)).containsExactly(denied);
  }

  /** Whose look-up it is nobody knows, and the JVM keeps the answer for all. */
  @Test
  void whereTwoPortsAreCalledTheRulesOfBothCount() throws UnknownHostException {
    CalledHosts private10 = CalledNames.under(new Reach(
        List.of(HostRule.parse(NAME + ":5678"), HostRule.parse("10.0.0.0/8")), List.of(), false));
    InetAddress far = address(192, 0, 2, 1);
    InetAddress near = address(10, 0, 0, 1);
    private10.enter(NAME, 5678);
    assertThat(lookUp(NAME, far, near)).containsExactly(far, near);
    private10.enter(NAME, 80);
    assertThat(lookUp(NAME, far, near)).containsExactly(near);
    private10.leave(NAME, 80);
    assertThat(lookUp(NAME, far, near)).containsExactly(far, near);
    private10.leave(NAME, 5678);
  }

  @Test
  void aCallThatIsGivenUpWhileItsNameIsLookedUpIsGuardedStill() throws UnknownHostException {
    InetAddress denied = address(10, 0, 0, 1);
    calls.enter(NAME, 443);

    assertThatThrownBy(() -> CalledNames.admitted(NAME, () -> {
          calls.leave(NAME, 443);
          return Stream.of(denied);
        }))
        .isInstanceOf(UnknownHostException.class);
  }
}
