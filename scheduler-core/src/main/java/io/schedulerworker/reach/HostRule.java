package io.schedulerworker.reach;

/**
 * One entry of a list of hosts: a pattern of names, or a network. Immutable.
 */
public sealed interface HostRule permits HostPattern, Network {
  /**
   * Reads an entry: {@code n8n.example.com}, {@code *.example.com}, {@code n8n.example.com:5678}, {@code *},
   * {@code 10.0.0.7}, {@code 10.0.0.0/8}, {@code fd00::/8}.
   *
   * @param text the entry; an address in brackets may have a port, others have none
   * @return a network for what is an address, with or without the length of its prefix, a pattern for all else
   * @throws IllegalArgumentException if it is neither; the message is for a person, and does not repeat the text
   */
  static HostRule parse(String text) {
    return Network.isMeant(text) ? Network.parse(text) : HostPattern.parse(text);
  }
}
