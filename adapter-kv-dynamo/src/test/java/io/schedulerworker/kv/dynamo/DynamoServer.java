package io.schedulerworker.kv.dynamo;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/** DynamoDB Local in this process, behind a port of its own. */
public final class DynamoServer implements AutoCloseable {
  private static final String REGION = "eu-central-1";
  private static final String KEY = "test";

  private final int port;
  private final List<String> command;
  private DynamoDBProxyServer server;

  static {
    // Where the client looks for credentials: any will do.
    System.setProperty("aws.accessKeyId", KEY);
    System.setProperty("aws.secretAccessKey", KEY);
  }

  private DynamoServer(String... options) throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    command = new ArrayList<>(List.of("-port", String.valueOf(port), "-disableTelemetry"));
    command.addAll(List.of(options));
    startAgain();
  }

  /** One with nothing on disk. */
  public static DynamoServer start() throws Exception {
    return new DynamoServer("-inMemory");
  }

  /** One that still has what it had, if it is stopped and started again. */
  static DynamoServer startIn(Path folder) throws Exception {
    return new DynamoServer("-dbPath", folder.toString());
  }

  /** On the same port. */
  synchronized void startAgain() throws Exception {
    server = ServerRunner.createServerFromCommandLineArgs(command.toArray(String[]::new));
    server.start();
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
  public synchronized void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new AssertionError("the server does not stop", e);
    }
  }
}
