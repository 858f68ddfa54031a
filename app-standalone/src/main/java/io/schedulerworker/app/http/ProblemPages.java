package io.schedulerworker.app.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What Jetty refuses before it is a request, answered as a problem like everything else. */
final class ProblemPages implements org.eclipse.jetty.server.Request.Handler {
  /** So long the client has to read the answer before the connection is closed. */
  private static final Duration LINGER = Duration.ofSeconds(2);

  @Override
  public boolean handle(
      org.eclipse.jetty.server.Request request,
      org.eclipse.jetty.server.Response response,
      Callback callback) {
    linger(request);
    Response answer = Errors.of(status(request, response)).toResponse();
    Answer.write(answer, response);
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    response.write(true, ByteBuffer.wrap(answer.body()), callback);
    return true;
  }

  private static int status(
      org.eclipse.jetty.server.Request request, org.eclipse.jetty.server.Response response) {
    Object cause = request.getAttribute(ErrorHandler.ERROR_EXCEPTION);
    int status = cause instanceof HttpException http ? http.getCode() : response.getStatus();
    return status >= 400 && status <= 599 ? status : 500;
  }

  private static void linger(org.eclipse.jetty.server.Request request) {
    if (request.getConnectionMetaData().getConnection().getEndPoint()
        instanceof WatchedEndPoint connection) {
      connection.watch(new TimeLimit(LINGER.toNanos(), connection::close));
    }
  }
}
