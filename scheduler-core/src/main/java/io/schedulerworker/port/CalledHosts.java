package io.schedulerworker.port;

/**
 * Learns which host names are being called, from before the client looks them up until the call is over, so that
 * whoever answers look-ups can keep a name that was judged from leading elsewhere. Implementations are thread-safe,
 * quick, and do not throw.
 */
public interface CalledHosts {
  /** For those who do not want to know. */
  CalledHosts NOBODY = new CalledHosts() {
    @Override
    public void enter(String host, int port) {}

    @Override
    public void leave(String host, int port) {}
  };

  /**
   * A call begins. It may be called.
   *
   * @param host the name as it stands in the URL
   * @param port the port that is called
   */
  void enter(String host, int port);

  /**
   * A call is over: as often as {@link #enter}, with the same name and port.
   *
   * @param host the name as it stands in the URL
   * @param port the port that was called
   */
  void leave(String host, int port);
}
