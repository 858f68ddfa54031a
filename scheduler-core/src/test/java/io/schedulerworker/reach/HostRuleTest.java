package io.schedulerworker.reach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostRuleTest {
  @ParameterizedTest
  @CsvSource({
    "n8n.example.com, n8n.example.com",
    "N8N.Example.COM., n8n.example.com",
    "*.example.com, *.example.com",
    "*, *",
    "n8n:5678, n8n:5678",
    "*.example.com:443, *.example.com:443",
    "my_host, my_host",
    "XN--bcher-kva.example, xn--bcher-kva.example"
  })
  void aPatternIsReadAsItIsCompared(String text, String read) {
    assertThat(HostRule.parse(text)).isInstanceOf(HostPattern.class).hasToString(read);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.7, 10.0.0.7/32",
    "10.0.0.0/8, 10.0.0.0/8",
    "0.0.0.0/0, 0.0.0.0/0",
    "fd00::/8, fd00:0:0:0:0:0:0:0/8",
    "[::1], 0:0:0:0:0:0:0:1/128",
    "::ffff:1.2.3.4, 1.2.3.4/32",
    "::ffff:10.0.0.0/104, 10.0.0.0/8",
    "::/0, 0:0:0:0:0:0:0:0/0"
  })
  void anAddressIsANetwork(String text, String read) {
    assertThat(HostRule.parse(text)).isInstanceOf(Network.class).hasToString(read);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "straße.de",
        "*.bücher.example",
        "",
        "http://n8n.example.com",
        "n8n.example.com/webhook",
        "n8n example",
        "*n8n.example.com",
        "n8n.*.com",
        "**",
        "-n8n",
        "n8n..com",
        "n8n:0",
        "n8n:65536",
        "n8n:",
        "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0.0/-1",
        "10.0.0",
        "010.0.0.1",
        "256.0.0.1",
        "fd00::/129",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        "fd00:::1",
        ":::",
        "12345::",
        "1:2.3.4.5::",
        "10.0.0.0/08",
        "::ffff:0.0.0.0/80",
        "127.0.0.1:5678",
        "[::1]:5678",
        "0x7f000001"
      })
  void whatIsNeitherIsRefusedInWords(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HostRule.parse(text))
        .withMessageMatching("(it|its|after|a \\*) .*");
  }

  @Test
  void networksAgreeWithTheJdkAboutAddresses() throws UnknownHostException {
    Random random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
      random.nextBytes(bytes);
      for (int zero = random.nextInt(bytes.length);
          zero < bytes.length && bytes.length > 4;
          zero += 3) {
        bytes[zero] = 0;
      }
      String text = InetAddress.getByAddress(bytes).getHostAddress();
      int prefix = random.nextInt(InetAddress.getByAddress(bytes).getAddress().length * 8 + 1);
      Network network = Network.parse(text + "/" + prefix);
      byte[] read = InetAddress.getByAddress(bytes).getAddress();
      assertThat(network.contains(read)).as(text).isTrue();
      if (prefix > 0) {
        int bit = random.nextInt(prefix);
        read[bit / 8] ^= (byte) (0x80 >>> (bit % 8));
        assertThat(network.contains(read))
            .as("%s/%s but bit %s", text, prefix, bit)
            .isFalse();
      }
      if (prefix < read.length * 8) {
        byte[] other = InetAddress.getByAddress(bytes).getAddress();
        int bit = prefix + random.nextInt(read.length * 8 - prefix);
        other[bit / 8] ^= (byte) (0x80 >>> (bit % 8));
        assertThat(network.contains(other))
            .as("%s/%s and bit %s", text, prefix, bit)
            .isTrue();
      }
    }
  }
}
