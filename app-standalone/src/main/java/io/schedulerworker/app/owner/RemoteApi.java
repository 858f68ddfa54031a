package io.schedulerworker.app.owner;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The API of the process that owns a store. */
public final class RemoteApi implements Api {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Longer than the owner waits for its stores, and enough for a record of 64 MB. */
  private static final Duration LOOK = Duration.ofSeconds(30);

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final String LIVE = "/api/health/live";

  private final HttpClient client = HttpClient.newBuilder()
      .proxy(HttpClient.Builder.NO_PROXY)
      .connectTimeout(PATIENCE)
      .build();
  private final OwnerNote owner;

  private RemoteApi(OwnerNote owner) {
    this.owner = owner;
  }

  /**
   * Reaches the owner.
   *
   * @param owner as it said of itself
   * @return its API
   * @throws OwnerSilentException if it does not answer
   */
  public static RemoteApi of(OwnerNote owner) {
    RemoteApi api = new RemoteApi(owner);
    // What follows may take as long as a job: whether anybody is there is asked first.
    Reply alive = api.send(HttpRequest.newBuilder(owner.url().resolve(LIVE)).timeout(PATIENCE));
    if (alive.status() != 200) {
      throw api.silent("answers " + alive.status());
    }
    return api;
  }

  @Override
  public Reply send(Call call) {
    HttpRequest.Builder request = HttpRequest.newBuilder(owner.url().resolve(call.target()))
        .header("Authorization", "Bearer " + owner.token())
        .method(
            call.method(),
            call.body().isEmpty()
                ? BodyPublishers.noBody()
                : BodyPublishers.ofString(call.body(), UTF_8));
    call.headers().forEach(request::header);
    if (call.method().equals("GET")) {
      request.timeout(LOOK);
    }
    Reply reply = send(request);
    if (reply.status() == UNAUTHORIZED || reply.status() == FORBIDDEN) {
      throw silent("does not know the token of its note");
    }
    return reply;
  }

  private Reply send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString(UTF_8));
      return new Reply(
          response.statusCode(), response.headers().firstValue("ETag"), response.body());
    } catch (IOException e) {
      throw silent("does not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw silent("was not waited for");
    }
  }

  private OwnerSilentException silent(String what) {
    return new OwnerSilentException(
        "the stores belong to %s, which %s: see its log, or stop it".formatted(owner, what));
  }

  @Override
  public boolean keepsOthersOut() {
    return false;
  }

  @Override
  public void close() {
    // The JDK's client of Java 17 has nothing to close: its threads end when it is gone.
  }
}
