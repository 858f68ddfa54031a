package io.schedulerworker.reach;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.model.WebhookUrl;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachTest {
  private static final int PORT = 443;

  private static Reach allowing(String... rules) {
    return new Reach(rules(rules), List.of(), false);
  }

  private static Reach denying(String... rules) {
    return new Reach(List.of(), rules(rules), false);
  }

  private static List<HostRule> rules(String... rules) {
    return Arrays.stream(rules).map(HostRule::parse).toList();
  }

  /** Of literals: no name is looked up. */
  private static List<byte[]> addresses(String... literals) {
    return Stream.of(literals).map(ReachTest::bytes).toList();
  }

  private static byte[] bytes(String literal) {
    try {
      return InetAddress.getByName(literal).getAddress();
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.0.1",
        "168.63.129.16",
        "100.100.100.200",
        "224.0.0.1",
        "239.255.255.255",
        "255.255.255.255",
        "[fe80::1]",
        "[fe80::1%eth0]",
        "[fe80::1%25eth0]",
        "[FEBF:ffff::1]",
        "[ff02::1]",
        "[fd00:ec2::254]",
        "[fd00:42::42]",
        "[fd00:a9fe:a9fe::1]",
        "100.96.0.96",
        "[64:ff9b:1:a9fe:a9:fe00::]",
        "[64:ff9b:1::a9fe:a9fe]",
        "[::ffff:168.63.129.016]",
        "[::ffff:127.0.0.01]",
        "[::127.0.0.01]",
        "[::ffff:169.254.169.254]",
        "[::ffff:a9fe:a9fe]",
        "[0:0:0:0:0:ffff:a9fe:a9fe]",
        "[::169.254.169.254]",
        "[64:ff9b::a9fe:a9fe]",
        "[2002:a9fe:a9fe::]",
        "[::ffff:0:169.254.169.254]",
        "169.254.169.254.",
        "2852039166",
        "0xa9fea9fe",
        "0XA9.0xFE.0xA9.0xFE",
        "0251.0376.0251.0376",
        "169.254.43518",
        "0177.0.0.1",
        "127.1",
        "1",
        "0x",
        "example.com.0x7f",
        "256.0.0.1"
      })
  void whatNobodyShouldReachIsNotCalledByDefault(String host) {
    assertThat(Reach.DEFAULT.refusal(host, PORT)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n8n.example.com",
        "n8n",
        "localhost",
        "127.0.0.1",
        "10.0.0.7",
        "192.168.1.1",
        "172.31.0.1",
        "8.8.8.8",
        "[::1]",
        "[fd00::1]",
        "[2001:db8::1]",
        "[::ffff:10.0.0.7]",
        "169.253.255.255",
        "169.255.0.0",
        "223.255.255.255",
        "[fec0::1]",
        "xn--bcher-kva.example",
        "0xa9fea9fe.example.com",
        "a1"
      })
  void allElseIsCalledByDefault(String host) {
    assertThat(Reach.DEFAULT.refusal(host, PORT)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.7",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "127.0.0.1",
        "127.255.255.255",
        "100.64.0.1",
        "0.0.0.0",
        "198.18.0.1",
        "240.0.0.1",
        "[::1]",
        "[::]",
        "[fd00::1]",
        "[fc00::1]",
        "[fec0::1]",
        "[::ffff:192.168.1.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]"
      })
  void privateAddressesCanBeDenied(String host) {
    Reach reach = new Reach(List.of(), List.of(), true);
    assertThat(reach.refusal(host, PORT))
        .hasValueSatisfying(reason -> assertThat(reason).contains("n8n.deny_private"));
    assertThat(Reach.DEFAULT.refusal(host, PORT)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "172.15.255.255",
        "172.32.0.0",
        "11.0.0.0",
        "100.128.0.0",
        "[2001:db8::1]",
        "8.8.8.8"
      })
  void publicAddressesAreNotPrivate(String host) {
    assertThat(new Reach(List.of(), List.of(), true).refusal(host, PORT)).isEmpty();
  }

  @Test
  void oneAddressOfANameThatMayNotBeCalledIsEnough() {
    assertThat(
            Reach.DEFAULT.refusal("n8n.example.com", PORT, addresses("8.8.8.8", "169.254.169.254")))
        .hasValue("is not called: its address 169.254.169.254 is a cloud's metadata address,"
            + " and n8n.allow_hosts does not name it");
    assertThat(Reach.DEFAULT.refusal("n8n.example.com", PORT, addresses("8.8.8.8", "10.0.0.1")))
        .isEmpty();
  }

  @Test
  void aDeniedNameIsDeniedHoweverItIsWritten() {
    Reach reach =
        denying("evil.example", "*.evil.example", "xn--bcher-kva.example", "n8n.example:5678");
    assertThat(reach.refusal("EVIL.example", PORT))
        .hasValue("is not called: n8n.deny_hosts has evil.example");
    assertThat(reach.refusal("evil.example.", PORT)).isPresent();
    assertThat(reach.refusal("a.b.evil.example", PORT)).isPresent();
    assertThat(reach.refusal("notevil.example", PORT)).isEmpty();
    assertThat(reach.refusal("evil.example.com", PORT)).isEmpty();
    assertThat(reach.refusal("xn--bcher-kva.example", PORT)).isPresent();
    assertThat(reach.refusal("n8n.example", 5678)).isPresent();
    assertThat(reach.refusal("n8n.example", PORT)).isEmpty();
  }

  @Test
  void aDeniedNetworkIsDeniedByNameToo() {
    Reach reach = denying("10.0.0.0/8", "2001:db8::/32");
    assertThat(reach.refusal("10.1.2.3", PORT))
        .hasValue("is not called: its address 10.1.2.3 is in 10.0.0.0/8, which n8n.deny_hosts has");
    assertThat(reach.refusal("n8n", PORT, addresses("10.1.2.3"))).isPresent();
    assertThat(reach.refusal("[::ffff:10.1.2.3]", PORT)).isPresent();
    assertThat(reach.refusal("[2001:db8::1]", PORT)).isPresent();
    assertThat(reach.refusal("11.1.2.3", PORT)).isEmpty();
  }

  @Test
  void anAllowListOfNamesAllowsThemAlone() {
    Reach reach = allowing("n8n.example.com", "*.n8n.example.com");
    assertThat(reach.refusal("n8n.example.com", PORT)).isEmpty();
    assertThat(reach.refusal("eu.n8n.example.com", PORT)).isEmpty();
    assertThat(reach.refusal("example.com", PORT))
        .hasValue("is not called: n8n.allow_hosts does not have it");
    assertThat(reach.refusal("8.8.8.8", PORT)).isPresent();
    assertThat(reach.refusal("n8n.example.com", PORT, addresses("169.254.169.254")))
        .isPresent();
  }

  @Test
  void anAllowListOfNetworksNeedsEveryAddressOfAName() {
    Reach reach = allowing("10.0.0.0/8");
    assertThat(reach.refusal("10.9.9.9", PORT)).isEmpty();
    assertThat(reach.refusal("n8n", PORT)).as("its addresses decide").isEmpty();
    assertThat(reach.refusal("n8n", PORT, addresses("10.9.9.9"))).isEmpty();
    assertThat(reach.refusal("n8n", PORT, addresses("10.9.9.9", "8.8.8.8")))
        .hasValue("is not called: its address 8.8.8.8 is not one of n8n.allow_hosts");
  }

  @Test
  void aNetworkThatIsAllowedByNameIsCalledThoughItIsNotByDefault() {
    Reach reach = new Reach(rules("*", "169.254.7.0/24", "127.0.0.0/8"), List.of(), true);
    assertThat(reach.refusal("169.254.7.1", PORT)).isEmpty();
    assertThat(reach.refusal("127.0.0.1", PORT)).isEmpty();
    assertThat(reach.refusal("169.254.169.254", PORT)).isPresent();
    assertThat(reach.refusal("10.0.0.1", PORT)).isPresent();
    assertThat(reach.refusal("8.8.8.8", PORT)).isEmpty();
  }

  @Test
  void anAllowedNetworkAllowsItsOwnAddressesAndNotWhatTheyCarry() {
    assertThat(allowing("::/0").refusal("[::ffff:169.254.169.254]", PORT)).isPresent();
    assertThat(allowing("::/0").refusal("[2001:db8::1]", PORT)).isEmpty();
    assertThat(allowing("64:ff9b::/96").refusal("[64:ff9b::a9fe:a9fe]", PORT)).isPresent();
    assertThat(allowing("64:ff9b::/96").refusal("[64:ff9b::808:808]", PORT)).isEmpty();
    assertThat(allowing("10.20.0.0/16").refusal("[2002:a14:1::1]", PORT)).isPresent();
    Reach both = new Reach(rules("64:ff9b::/96", "10.0.0.0/8"), List.of(), true);
    assertThat(both.refusal("[64:ff9b::a00:1]", PORT)).isEmpty();
    assertThat(both.refusal("[64:ff9b::c0a8:1]", PORT)).isPresent();
    Reach loopback = new Reach(rules("::1"), List.of(), true);
    assertThat(loopback.refusal("[::1]", PORT)).isEmpty();
  }

  @Test
  void aMappedRuleIsTheIpv4Rule() {
    assertThat(denying("::ffff:10.0.0.0/104").refusal("10.1.2.3", PORT)).isPresent();
    assertThat(denying("::ffff:10.0.0.0/104").refusal("11.1.2.3", PORT)).isEmpty();
  }

  @Test
  void aNameWithoutAddressesIsJudgedByItself() {
    Reach mixed = allowing("n8n.example.com", "10.20.0.0/16");
    assertThat(mixed.refusal("n8n.example.com", PORT, List.of())).isEmpty();
    assertThat(mixed.refusal("evil.example", PORT, List.of()))
        .hasValue("is not called: n8n.allow_hosts does not have it");
    assertThat(Reach.DEFAULT.refusal("evil.example", PORT, List.of())).isEmpty();
  }

  @Test
  void anUnusualNotationIsNoNameThatANetworkInTheAllowListLetsPass() {
    assertThat(allowing("10.0.0.0/8").refusal("[::ffff:10.0.0.01]", PORT)).isPresent();
    assertThat(allowing("10.0.0.0/8").refusal("0xa000001", PORT)).isPresent();
  }

  /** Whatever a URL may have in brackets, and the JDK takes for an address, is judged as that address. */
  @Test
  void noNotationOfIpv6GetsRoundTheRules() {
    Reach nobody = denying("0.0.0.0/0", "::/0");
    Random random = new Random(11);
    String[] parts = {
      ":", "::", "0", "00", "1", "f", "ffff", "FE80", "127.0.0.1", "127.0.0.01", ".", "%1", "a9fe"
    };
    int addresses = 0;
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int part = 1 + random.nextInt(9); part > 0; part--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      String url = "http://[" + text + "]/";
      if (WebhookUrl.problem(url).isPresent()) {
        continue;
      }
      String host = URI.create(url).getHost();
      addresses++;
      assertThat(nobody.refusal(host, PORT)).as(url).isPresent();
    }
    assertThat(addresses).isGreaterThan(500);
  }

  @Test
  void whatIsDeniedIsDeniedThoughItIsAllowed() {
    Reach reach = new Reach(rules("*", "10.0.0.0/8"), rules("10.0.0.7", "x.example"), false);
    assertThat(reach.refusal("10.0.0.7", PORT)).isPresent();
    assertThat(reach.refusal("x.example", PORT)).isPresent();
    assertThat(reach.refusal("10.0.0.8", PORT)).isEmpty();
  }
}
