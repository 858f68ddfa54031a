package io.schedulerworker.kv.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Redis server as a process of its own, on loopback, with nothing on disk unless it is durable. */
public final class RedisServer implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(20);

  private final int port;
  private final List<String> command;
  private Process process;

  private RedisServer(int port, List<String> command) {
    this.port = port;
    this.command = command;
  }

  /** One that keeps on disk all that it has acknowledged, and has it again when it is started again. */
  public static RedisServer startDurable(Path directory) {
    return start(directory, "--appendonly", "yes", "--appendfsync", "always");
  }

  public static RedisServer start(Path directory, String... options) {
    return startAt(freePort(), directory, options);
  }

  static RedisServer startAt(int port, Path directory, String... options) {
    List<String> command = new ArrayList<>(List.of(
        ServerBinary.path(),
        "--port",
        String.valueOf(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--appendonly",
        "no",
        "--dir",
        directory.toString(),
        "--logfile",
        "redis-" + port + ".log"));
    command.addAll(List.of(options));
    RedisServer server = new RedisServer(port, command);
    server.start();
    return server;
  }

  /** One that watches what its settings name. It writes into them what it learns. */
  static RedisServer startSentinel(Path settings, Path directory) {
    int port = freePort();
    RedisServer server = new RedisServer(
        port,
        List.of(
            ServerBinary.path(),
            settings.toString(),
            "--sentinel",
            "--port",
            String.valueOf(port),
            "--bind",
            "127.0.0.1",
            "--dir",
            directory.toString(),
            "--logfile",
            "sentinel.log"));
    server.start();
    return server;
  }

  /** One that speaks nothing but TLS. */
  static RedisServer startTls(Path directory, Certificate certificate, String... options) {
    int port = freePort();
    List<String> tls = new ArrayList<>(List.of(
        "--port",
        "0",
        "--tls-port",
        String.valueOf(port),
        "--tls-cert-file",
        certificate.file().toString(),
        "--tls-key-file",
        certificate.key().toString(),
        "--tls-auth-clients",
        "no"));
    tls.addAll(List.of(options));
    return startAt(port, directory, tls.toArray(String[]::new));
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  public String uri(String path) {
    return "redis://127.0.0.1:" + port + path;
  }

  /** Starts it again, with what is on disk. */
  public synchronized void start() {
    try {
      process = new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long end = System.nanoTime() + START.toNanos();
    while (!answers()) {
      if (System.nanoTime() > end || !process.isAlive()) {
        throw new AssertionError("the server does not start: " + command);
      }
      pause();
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** Ends it at once, as kill -9 does. */
  public synchronized void kill() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        throw new AssertionError("the server does not end");
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
