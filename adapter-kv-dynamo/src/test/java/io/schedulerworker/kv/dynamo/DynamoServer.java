package io.schedulerworker.kv.dynamo;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/** DynamoDB Local in this process, behind a port of its own, with nothing on disk. */
public final class DynamoServer implements AutoCloseable {
  private static final String REGION = "eu-central-1";
  private static final String KEY = "test";

  private final int port;
  private final DynamoDBProxyServer server;

  static {
    // Where the client looks for credentials: any will do.
    System.setProperty("aws.accessKeyId", KEY);
    System.setProperty("aws.secretAccessKey", KEY);
  }

  private DynamoServer(int port, DynamoDBProxyServer server) {
    this.port = port;
    this.server = server;
  }

  public static DynamoServer start() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    DynamoDBProxyServer server = ServerRunner.createServerFromCommandLineArgs(
        new String[] {"-inMemory", "-port", String.valueOf(port), "-disableTelemetry"});
    server.start();
    return new DynamoServer(port, server);
  }

  int port() {
    return port;
  }

  public String uri(String table, String namespace) {
    return uri(table, namespace, port);
  }

  static String uri(String table, String namespace, int port) {
    return "dynamodb://" + table + "?region=" + REGION + "&endpoint=http://localhost:" + port
        + "&namespace=" + namespace;
  }

  DynamoDbClient client() {
    return DynamoDbClient.builder()
        .region(Region.of(REGION))
        .endpointOverride(URI.create("http://localhost:" + port))
        .build();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new AssertionError("the server does not stop", e);
    }
  }
}
