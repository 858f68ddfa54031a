package io.schedulerworker.app.names;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/**
 * Puts {@link CalledNames} into every look-up of the process. Found by the JVM, from version 18 on; earlier ones do not
 * know it.
 */
public final class GuardedResolverProvider extends InetAddressResolverProvider {
  /** For the JVM. */
  public GuardedResolverProvider() {}

  @Override
  public InetAddressResolver get(Configuration configuration) {
    return new Guarded(configuration.builtinResolver());
  }

  @Override
  public String name() {
    return "scheduler-worker";
  }

  private static final class Guarded implements InetAddressResolver {
    private final InetAddressResolver builtin;

    Guarded(InetAddressResolver builtin) {
      this.builtin = builtin;
    }

    @Override
    public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
        throws UnknownHostException {
      return CalledNames.admitted(host, () -> builtin.lookupByName(host, policy));
    }

    @Override
    public String lookupByAddress(byte[] address) throws UnknownHostException {
      return builtin.lookupByAddress(address);
    }
  }
}
