package io.schedulerworker.app.http;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;

/** Writes the answer of one request. The first answer counts. */
final class Answer {
  /** The JDK copies what it writes into memory outside the heap, and keeps that for the thread. */
  private static final int PIECE = 128 << 10;

  private final org.eclipse.jetty.server.Response response;
  private final WatchedEndPoint connection;
  private final Limits limits;
  private final Visit visit;
  private final List<HttpField> more;
  private final Callback done;
  private final AtomicBoolean begun = new AtomicBoolean();

  /**
   * To a request.
   *
   * @param more what its answer says besides
   */
  Answer(
      org.eclipse.jetty.server.Response response,
      WatchedEndPoint connection,
      Limits limits,
      Visit visit,
      List<HttpField> more,
      Callback done) {
    this.response = response;
    this.connection = connection;
    this.limits = limits;
    this.visit = visit;
    this.more = more;
    this.done = done;
  }

  /** Begins to write. From any thread; does not block. */
  void send(Response answer, boolean isLastOfConnection) {
    if (!begun.compareAndSet(false, true)) {
      return;
    }
    connection.watch(new TimeLimit(limits.transferNanos(answer.body().length), connection::close));
    visit.ends(answer.status());
    write(answer, response);
    more.forEach(response.getHeaders()::put);
    if (isLastOfConnection) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    new Pieces(answer).iterate();
  }

  /** Sets status and headers. */
  static void write(Response answer, org.eclipse.jetty.server.Response response) {
    response.setStatus(answer.status());
    HttpFields.Mutable headers = response.getHeaders();
    CommonHeaders.ALL.forEach(headers::put);
    if (answer.contentType() != null) {
      headers.put(HttpHeader.CONTENT_TYPE, answer.contentType());
    }
    if (hasLength(answer)) {
      headers.put(HttpHeader.CONTENT_LENGTH, answer.body().length);
    }
    answer.headers().forEach(headers::put);
  }

  private static boolean hasLength(Response answer) {
    return answer.status() != 204 && answer.status() != 304;
  }

  private final class Pieces extends IteratingCallback {
    private final ByteBuffer body;
    private final boolean hasLength;
    private boolean written;

    Pieces(Response answer) {
      this.body = ByteBuffer.wrap(answer.body());
      this.hasLength = hasLength(answer);
    }

    @Override
    protected Action process() {
      if (written) {
        return Action.SUCCEEDED;
      }
      int part = Math.min(PIECE, body.remaining());
      ByteBuffer piece = body.slice().limit(part);
      body.position(body.position() + part);
      written = !body.hasRemaining();
      // Jetty states the length of what is written as the last piece, even where there must be
      // none.
      response.write(written && hasLength, piece, this);
      return Action.SCHEDULED;
    }

    @Override
    protected void onCompleteSuccess() {
      connection.silent();
      done.succeeded();
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
      done.failed(cause);
    }
  }
}
