package io.schedulerworker.app.http;

import io.schedulerworker.app.http.Admission.Denied;
import io.schedulerworker.app.http.Admission.Granted;
import io.schedulerworker.app.http.Router.Match;
import io.schedulerworker.app.http.Router.Nothing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request on its way: path, method, key, query, body, handler. */
final class Exchange implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpService.class);
  private static final int UNAUTHORIZED = 401;

  private final org.eclipse.jetty.server.Request request;
  private final WatchedEndPoint connection;
  private final Site site;
  private final Visit visit;
  private final Answer answer;
  private volatile boolean signed;
  private volatile boolean bodyRead;
  private volatile @Nullable BodyBuffer buffer;

  Exchange(
      org.eclipse.jetty.server.Request request,
      org.eclipse.jetty.server.Response response,
      WatchedEndPoint connection,
      Site site,
      org.eclipse.jetty.util.Callback callback) {
    this.request = request;
    this.connection = connection;
    this.site = site;
    this.visit = new Visit(request, site.clock());
    this.answer = new Answer(
        response,
        connection,
        site.limits(),
        visit,
        site.cors().headersFor(request.getHeaders()),
        org.eclipse.jetty.util.Callback.from(this::end, callback));
  }

  @Override
  public void run() {
    try {
      route();
    } catch (ProblemException e) {
      send(e.problem().toResponse());
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void route() {
    Router.Finding found =
        site.router().find(request.getMethod(), request.getHttpURI().getPath());
    if (found instanceof Nothing nothing) {
      Response preflight =
          site.cors().preflight(request.getMethod(), request.getHeaders(), nothing.methods());
      send(preflight == null ? nothing.answer() : preflight);
    } else if (found instanceof Match match) {
      admit(match);
    }
  }

  private void admit(Match match) {
    visit.isFor(match.route());
    String query = request.getHttpURI().getQuery();
    Admission admission = site.gate()
        .admit(
            match.route().access(),
            request.getMethod(),
            request.getHeaders().getValuesList(HttpHeader.AUTHORIZATION),
            query,
            visit.network());
    visit.isBy(admission.caller());
    if (admission instanceof Denied denied) {
      send(denied.answer());
    } else if (admission instanceof Granted granted) {
      signed = granted.isSigned();
      read(match, granted.caller(), QueryString.parse(query));
    }
  }

  private void read(Match match, Optional<String> caller, Map<String, List<String>> query) {
    int maxBody = match.route().maxBody();
    BodyBuffer collected = new BodyBuffer(site.bodyMemory(), maxBody);
    buffer = collected;
    BodyReader reader = new BodyReader(
        request,
        site.limits(),
        maxBody,
        collected,
        body -> call(
            match.route(),
            new Request(
                request.getMethod(),
                match.parameters(),
                query,
                request.getHeaders(),
                caller,
                body)),
        this::send);
    connection.watch(reader);
    reader.begin();
  }

  private void call(Route route, Request complete) {
    bodyRead = true;
    connection.handled();
    try {
      if (route.handler() instanceof Handler.Prompt prompt) {
        site.lanes().prompt().execute(() -> begin(prompt, complete));
      } else if (route.handler() instanceof Handler.Blocking blocking) {
        site.lanes().blocking().execute(inTime(() -> run(blocking, complete)));
      } else if (route.handler() instanceof Handler.Deferred deferred) {
        site.lanes().blocking().execute(inTime(() -> begin(deferred::handle, complete)));
      }
    } catch (RejectedExecutionException e) {
      send(Errors.busy("too many requests are waiting; try again later"));
    }
  }

  /** Where a store hangs, those who wait are not kept for as long as all before them take. */
  private Runnable inTime(Runnable work) {
    long began = System.nanoTime();
    return () -> {
      if (System.nanoTime() - began > site.limits().patience().toNanos()) {
        send(Errors.busy("the request has waited too long for others; try again later"));
      } else {
        work.run();
      }
    };
  }

  private void run(Handler.Blocking handler, Request complete) {
    try {
      send(handler.handle(complete));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      send(Errors.busy("the server is stopping"));
    } catch (Throwable e) {
      fail(e);
    }
  }

  private void begin(Handler.Prompt handler, Request complete) {
    try {
      CompletionStage<?> unused = handler.handle(complete).whenComplete(this::finish);
    } catch (Throwable e) {
      fail(e);
    }
  }

  private void finish(@Nullable Response given, @Nullable Throwable failure) {
    if (given != null) {
      send(given);
    } else {
      fail(failure == null ? new NullPointerException("a handler gave no answer") : failure);
    }
  }

  private void fail(Throwable failure) {
    Throwable cause = failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
    if (cause instanceof ProblemException expected) {
      send(expected.problem().toResponse());
    } else {
      LOG.error("this is a defect in Scheduler Worker, please report it: {}", Defects.line(cause));
      LOG.debug("a handler failed", cause);
      send(Errors.of(500).toResponse());
    }
  }

  private void send(Response response) {
    BodyBuffer used = buffer;
    if (used != null) {
      used.free();
    }
    answer.send(judged(response), hasBody() && !bodyRead);
  }

  /** Of a signature it is the handler that knows whether it is right. */
  private Response judged(Response response) {
    if (response.status() != UNAUTHORIZED) {
      return response;
    }
    Response challenge = response.withHeader("WWW-Authenticate", "Bearer");
    return signed ? site.gate().wrongSignature(visit.network(), challenge) : challenge;
  }

  private void end() {
    site.log().answered(visit);
    site.inFlight().end();
  }

  private boolean hasBody() {
    return request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
  }
}
