package io.schedulerworker.app.owner;

import io.schedulerworker.app.http.DirectCalls;
import io.schedulerworker.app.http.Response;
import io.schedulerworker.app.http.Route;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The API of this process, without a network. */
public final class LocalApi implements Api {
  private final DirectCalls calls;
  private final boolean exclusive;
  private final Runnable onClose;

  /**
   * An API of routes.
   *
   * @param routes what there is
   * @param exclusive whether no other process can have what they stand on meanwhile
   * @param onClose closes what they stand on
   */
  public LocalApi(List<Route> routes, boolean exclusive, Runnable onClose) {
    this.calls = new DirectCalls(routes);
    this.exclusive = exclusive;
    this.onClose = onClose;
  }

  @Override
  public Reply send(Call call) {
    try {
      Response response = calls.call(call.method(), call.target(), call.headers(), call.body());
      return new Reply(
          response.status(),
          Optional.ofNullable(response.headers().get("ETag")),
          new String(response.body(), StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public boolean keepsOthersOut() {
    return exclusive;
  }

  @Override
  public void close() {
    onClose.run();
  }
}
