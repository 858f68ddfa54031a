package io.schedulerworker.app.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.eclipse.jetty.http.HttpFields;

/** Calls of routes within this process, without a network and a key: what is served is done here, and means the same. */
public final class DirectCalls {
  private final Router router;

  /**
   * Calls of routes.
   *
   * @param routes what there is; of several that match, the first
   */
  public DirectCalls(List<Route> routes) {
    this.router = new Router(routes);
  }

  /**
   * Does what a route does, and waits for the answer.
   *
   * @param method in capitals
   * @param target path and query, encoded
   * @param headers by name
   * @param body empty for none
   * @return the answer, be it a problem
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public Response call(String method, URI target, Map<String, String> headers, String body)
      throws InterruptedException {
    try {
      Router.Finding found = router.find(method, target.getRawPath());
      return found instanceof Router.Match match
          ? perform(match, request(method, match, target, headers, body))
          : ((Router.Nothing) found).answer();
    } catch (ProblemException e) {
      return e.problem().toResponse();
    }
  }

  private static Request request(
      String method, Router.Match match, URI target, Map<String, String> headers, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    HttpFields.Mutable fields = HttpFields.build();
    headers.forEach(fields::put);
    return new Request(
        method,
        match.parameters(),
        QueryString.parse(target.getRawQuery()),
        fields,
        Optional.of(ApiKeys.COMMAND_LINE),
        new Body(List.of(bytes), bytes.length));
  }

  private static Response perform(Router.Match match, Request request) throws InterruptedException {
    try {
      return answer(match.route().handler(), request);
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new CompletionException(e);
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  private static Response answer(Handler handler, Request request) throws Exception {
    if (handler instanceof Handler.Blocking blocking) {
      return blocking.handle(request);
    }
    return handler instanceof Handler.Deferred deferred
        ? deferred.handle(request).toCompletableFuture().get()
        : ((Handler.Prompt) handler).handle(request).toCompletableFuture().get();
  }
}
