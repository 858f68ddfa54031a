package java.net.spi;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.Stream;

/** As JDK 18 and later have it, to compile against on JDK 17. Not in the jar. */
public interface InetAddressResolver {
  Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException;

  String lookupByAddress(byte[] address) throws UnknownHostException;

  final class LookupPolicy {
    private LookupPolicy() {}
  }
}
