package io.schedulerworker.reach;

/**
 * One entry of a list of hosts: a pattern of names, or a network. Immutable.
 */
public sealed interface HostRule permits HostPattern, Network {
  /**
   * Reads an entry: {@code n8n.example.com}, {@code *.example.com}, {@code n8n.example.com:5678}, {@code *},
   * {@code 10.0.0.7}, {@code 10.0.0.0/8}, {@code fd00::/8}.
   *
   * @param text the entry; a name may have a port, an address has none: names lead to it that have not
   * @return a network for what is an address, with or without the length of its prefix, a pattern for all else
   * @throws IllegalArgumentException if it is neither; the message is for a person, and does not repeat the text
   */
  static HostRule parse(String text) {
    if (Network.isMeant(text)) {
      return Network.parse(text);
    }
    HostPattern pattern = HostPattern.parse(text);
    if (pattern.isAddress()) {
      throw new IllegalArgumentException(
          "it is an address: write IPv4 as four decimal numbers, and no port, since a rule is about all of"
              + " an address's ports");
    }
    return pattern;
  }
}
