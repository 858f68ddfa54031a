package io.schedulerworker.app.api;

/** Time zones as people call them. */
public final class Zones {
  private Zones() {}

  /**
   * The name of a zone in a ledger.
   *
   * @param zone as Java has it, {@code Z} for UTC
   * @return the name to show
   */
  public static String shown(String zone) {
    return zone.equals("Z") ? "UTC" : zone;
  }
}
