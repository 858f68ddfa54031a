package io.schedulerworker.app.http;

/**
 * A method and a path, and what is done there. A route for {@code GET} answers {@code HEAD} too.
 *
 * @param method in capitals
 * @param template the path, with a name in braces for each segment that is a parameter:
 *     {@code /api/jobs/{traceId}}
 * @param access who may call
 * @param maxBody bytes that a body may have at most; 0: none
 * @param routine which requests for it are not worth a line in a log of changes
 * @param handler what is done
 */
public record Route(
    String method, String template, Access access, int maxBody, Routine routine, Handler handler) {
  /** What a body may have at most, unless the route says otherwise: 1 MiB. */
  public static final int USUAL_MAX_BODY = 1 << 20;

  /**
   * Checks the values.
   *
   * @param method as above
   * @param template as above
   * @param access as above
   * @param maxBody as above
   * @param routine as above
   * @param handler as above
   * @throws IllegalArgumentException if one of them is impossible
   */
  public Route {
    new PathTemplate(template);
    if (method.isBlank() || maxBody < 0) {
      throw new IllegalArgumentException("no route: " + method + " " + template + ", " + maxBody);
    }
  }

  /**
   * A route whose handler may wait.
   *
   * @param method in capitals
   * @param template the path
   * @param access who may call
   * @param handler what is done
   * @return a route with the usual limit for bodies
   */
  public static Route blocking(
      String method, String template, Access access, Handler.Blocking handler) {
    return usual(method, template, access, handler);
  }

  /**
   * A route whose handler never waits.
   *
   * @param method in capitals
   * @param template the path
   * @param access who may call
   * @param handler what is done
   * @return a route with the usual limit for bodies
   */
  public static Route prompt(
      String method, String template, Access access, Handler.Prompt handler) {
    return usual(method, template, access, handler);
  }

  /**
   * A route whose handler may wait, and whose answer may take longer still.
   *
   * @param method in capitals
   * @param template the path
   * @param access who may call
   * @param handler what is done
   * @return a route with the usual limit for bodies
   */
  public static Route deferred(
      String method, String template, Access access, Handler.Deferred handler) {
    return usual(method, template, access, handler);
  }

  private static Route usual(String method, String template, Access access, Handler handler) {
    Routine routine = method.equals("GET") ? Routine.IF_WELL : Routine.NONE;
    return new Route(method, template, access, USUAL_MAX_BODY, routine, handler);
  }

  /**
   * The same route with another limit for bodies.
   *
   * @param bytes what a body may have at most, from 0
   * @return a new route
   */
  public Route withMaxBody(int bytes) {
    return new Route(method, template, access, bytes, routine, handler);
  }

  /**
   * The same route with other requests for it that are routine. Unless it is told, those for {@code GET} are that go well.
   *
   * @param requests which ones
   * @return a new route
   */
  public Route withRoutine(Routine requests) {
    return new Route(method, template, access, maxBody, requests, handler);
  }

  boolean answers(String requested) {
    return method.equals(requested) || (method.equals("GET") && requested.equals("HEAD"));
  }
}
