package io.schedulerworker.kv.dynamo;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/** The client, made for the first call: with credentials, and a region if none is named, from where AWS' tools look for them. */
final class LazyClient implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 64;

  private final TableAddress address;
  private @Nullable DynamoDbClient client;
  private boolean closed;

  LazyClient(TableAddress address) {
    this.address = address;
  }

  synchronized DynamoDbClient get() {
    if (closed) {
      throw new IllegalStateException("the store in DynamoDB is closed");
    }
    DynamoDbClient made = client;
    if (made == null) {
      made = make();
      client = made;
    }
    return made;
  }

  private DynamoDbClient make() {
    DynamoDbClientBuilder builder = DynamoDbClient.builder()
        .httpClientBuilder(Apache5HttpClient.builder().maxConnections(MOST_CONNECTIONS))
        // The client repeats what had no answer, and would so take its own write for another's:
        // Attempts knows better.
        .overrideConfiguration(options -> options.retryStrategy(AwsRetryStrategy.doNotRetry()));
    Optional<Region> region = address.region().map(Region::of);
    region.ifPresent(builder::region);
    address.endpoint().ifPresent(builder::endpointOverride);
    return builder.build();
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (client != null) {
      client.close();
    }
  }
}
