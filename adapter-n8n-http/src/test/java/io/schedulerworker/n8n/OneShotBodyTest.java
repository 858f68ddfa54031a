package io.schedulerworker.n8n;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import org.junit.jupiter.api.Test;

/** What the client may do with a body, and what that says about the request. */
class OneShotBodyTest {
  private final OneShotBody body = new OneShotBody("{}".getBytes(StandardCharsets.US_ASCII));

  @Test
  void aBodyOfWhichNobodyAskedForAByteHasNotLeft() {
    Client client = new Client();
    body.subscribe(client);
    client.subscription().cancel();
    client.subscription().request(1);

    assertThat(client.events).isEmpty();
    assertThat(body.withdraw()).isTrue();
  }

  @Test
  void aBodyThatWasAskedForHasLeftAndLeavesNoSecondTime() {
    Client first = new Client();
    body.subscribe(first);
    first.subscription().request(1);
    Client second = new Client();
    body.subscribe(second);
    second.subscription().request(1);
    second.subscription().request(1);

    assertThat(first.events).containsExactly("2 bytes", "complete");
    assertThat(second.events).containsExactly("a request is sent once only");
    assertThat(body.withdraw()).isFalse();
  }

  @Test
  void aBodyThatTheFirstDidNotAskForIsForTheSecond() {
    Client first = new Client();
    body.subscribe(first);
    first.subscription().cancel();
    Client second = new Client();
    body.subscribe(second);
    second.subscription().request(1);

    assertThat(second.events).containsExactly("2 bytes", "complete");
  }

  @Test
  void aBodyThatWasWithdrawnLeavesNoMore() {
    Client client = new Client();
    body.subscribe(client);

    assertThat(body.withdraw()).isTrue();
    client.subscription().request(1);
    assertThat(client.events).containsExactly("a request is sent once only");
  }

  @Test
  void aLongBodyPassesInItsParts() {
    Client client = new Client();
    new OneShotBody(new byte[100_000]).subscribe(client);
    client.subscription().request(1);
    assertThat(client.events).containsExactly("16384 bytes");
    client.subscription().request(100);

    assertThat(client.events).hasSize(8).endsWith("1696 bytes", "complete");
  }

  private static final class Client implements Subscriber<ByteBuffer> {
    private final List<String> events = new ArrayList<>();
    private Subscription subscription;

    Subscription subscription() {
      return Objects.requireNonNull(subscription);
    }

    @Override
    public void onSubscribe(Subscription source) {
      subscription = source;
    }

    @Override
    public void onNext(ByteBuffer part) {
      events.add(part.remaining() + " bytes");
    }

    @Override
    public void onError(Throwable failure) {
      events.add(failure.getMessage());
    }

    @Override
    public void onComplete() {
      events.add("complete");
    }
  }
}
