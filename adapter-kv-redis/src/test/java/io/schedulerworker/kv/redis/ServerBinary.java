package io.schedulerworker.kv.redis;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.embedded.core.ExecutableProvider;

/** A Redis server to run: the one that is installed if it is newer than the one that the tests bring. */
final class ServerBinary {
  private static final Pattern VERSION = Pattern.compile("v=(\\d+)\\.");
  private static final int BROUGHT = 6;
  private static final String INSTALLED = "redis-server";
  private static final String PATH = find();

  private ServerBinary() {}

  static String path() {
    return PATH;
  }

  private static String find() {
    return installedVersion() > BROUGHT ? INSTALLED : unpacked();
  }

  private static int installedVersion() {
    try {
      Process process = new ProcessBuilder(INSTALLED, "--version").start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher version = VERSION.matcher(said);
      return version.find() ? Integer.parseInt(version.group(1)) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  private static String unpacked() {
    try {
      File folder = Files.createTempDirectory("redis").toFile();
      File binary = ExecutableProvider.newJarResourceProvider(folder).get();
      binary.deleteOnExit();
      folder.deleteOnExit();
      return binary.getAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
