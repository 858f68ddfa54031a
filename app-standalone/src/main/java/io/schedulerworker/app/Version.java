package io.schedulerworker.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of this build. */
final class Version implements IVersionProvider {
  private static final String NAME = "scheduler-worker";
  private static final String NUMBER = read();

  static String number() {
    return NUMBER;
  }

  static String userAgent() {
    return NAME + "/" + NUMBER;
  }

  @Override
  public String[] getVersion() {
    return new String[] {NAME + " " + NUMBER};
  }

  private static String read() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      properties.load(Objects.requireNonNull(in, "version.properties"));
    } catch (IOException e) {
      throw new UncheckedIOException("reading version.properties", e);
    }
    return properties.getProperty("version");
  }
}
