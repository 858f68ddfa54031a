package io.schedulerworker.app.names;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.port.CalledHosts;
import io.schedulerworker.reach.HostRule;
import io.schedulerworker.reach.Reach;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Security;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** The JVM's own look-ups, in a process that keeps nothing of what it found. */
@EnabledForJreRange(min = JRE.JAVA_18, disabledReason = "JDK 17 lets nobody into its look-ups")
class GuardedLookUpsTest {
  /** The process: looks a name up before, while and after it is called. */
  static final class LookUps {
    private LookUps() {}

    public static void main(String[] arguments) {
      Security.setProperty("networkaddress.cache.ttl", "0");
      Security.setProperty("networkaddress.cache.negative.ttl", "0");
      String name = arguments[0];
      CalledHosts calls = CalledNames.under(new Reach(
          List.of(), List.of(HostRule.parse("0.0.0.0/0"), HostRule.parse("::/0")), false));
      lookUp(name, "before");
      calls.enter(name, 80);
      lookUp(name, "called");
      calls.leave(name, 80);
      lookUp(name, "after");
    }

    private static void lookUp(String name, String when) {
      try {
        System.out.println(when + " " + (InetAddress.getAllByName(name).length > 0));
      } catch (UnknownHostException e) {
        System.out.println(when + " unknown");
      }
    }
  }

  /** Not localhost: what nobody knows under that name, the JVM makes up. */
  private static String ownName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return Assumptions.abort("this machine does not know its own name");
    }
  }

  @Test
  void goThroughTheGuardWhileANameIsCalled() throws IOException {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            LookUps.class.getName(),
            ownName())
        .redirectErrorStream(true)
        .start();

    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(said.lines()).containsExactly("before true", "called unknown", "after true");
  }
}
