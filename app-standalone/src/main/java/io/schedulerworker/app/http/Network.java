package io.schedulerworker.app.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from, as far as one sender cannot choose: an IPv4 address, or the /64 of an IPv6 one, of whose
 * addresses any machine there may take as many as it likes.
 *
 * @param isWide whether it is a /64
 * @param bits the address, or its first 64 bits
 */
record Network(boolean isWide, long bits) {
  private static final int WIDE_BYTES = 16;

  /** A peer whose connection is gone already counts as nowhere, which is one place. */
  static Network of(@Nullable SocketAddress peer) {
    return peer instanceof InetSocketAddress internet && internet.getAddress() != null
        ? of(internet.getAddress())
        : new Network(false, 0);
  }

  private static Network of(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return address instanceof Inet6Address
        ? new Network(true, bytes.getLong())
        : new Network(false, bytes.getInt());
  }

  /** As {@code 192.0.2.1} or {@code 2001:db8:0:1:0:0:0:0/64}. */
  @Override
  public String toString() {
    return isWide
        ? text(ByteBuffer.wrap(new byte[WIDE_BYTES]).putLong(0, bits).array()) + "/64"
        : text(ByteBuffer.wrap(new byte[Integer.BYTES]).putInt(0, (int) bits).array());
  }

  private static String text(byte[] address) {
    try {
      return InetAddress.getByAddress(address).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 and 16 bytes are an address", e);
    }
  }
}
