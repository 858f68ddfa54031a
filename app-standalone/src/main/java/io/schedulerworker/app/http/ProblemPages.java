package io.schedulerworker.app.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What Jetty refuses before it is a request, answered as a problem like everything else. */
final class ProblemPages implements org.eclipse.jetty.server.Request.Handler {
  private static final int UPGRADE_REQUIRED = 426;
  private static final int HTTP_VERSION_NOT_SUPPORTED = 505;

  @Override
  public boolean handle(
      org.eclipse.jetty.server.Request request,
      org.eclipse.jetty.server.Response response,
      Callback callback) {
    Response answer = Errors.of(status(request, response)).toResponse();
    Answer.write(answer, response);
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
    Callback last = connection instanceof WatchedEndPoint watched
        ? new LingeringClose(watched, callback)
        : callback;
    response.write(true, ByteBuffer.wrap(answer.body()), last);
    return true;
  }

  private static int status(
      org.eclipse.jetty.server.Request request, org.eclipse.jetty.server.Response response) {
    Object cause = request.getAttribute(ErrorHandler.ERROR_EXCEPTION);
    int status = cause instanceof HttpException http ? http.getCode() : response.getStatus();
    if (status == UPGRADE_REQUIRED) {
      // It would have to name a protocol to change to, and there is none.
      return HTTP_VERSION_NOT_SUPPORTED;
    }
    return status >= 400 && status <= 599 ? status : 500;
  }
}
