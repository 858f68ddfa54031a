package java.net.spi;

/** As JDK 18 and later have it, to compile against on JDK 17. Not in the jar. */
public abstract class InetAddressResolverProvider {
  protected InetAddressResolverProvider() {}

  public abstract InetAddressResolver get(Configuration configuration);

  public abstract String name();

  public interface Configuration {
    InetAddressResolver builtinResolver();

    String lookupLocalHostName();
  }
}
