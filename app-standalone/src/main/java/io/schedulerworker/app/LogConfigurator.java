package io.schedulerworker.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;

/** Logs go to stderr: a JSON object a line, or plain text where somebody watches. */
public final class LogConfigurator extends ContextAwareBase implements Configurator {
  private static final String PLAIN = "%d{HH:mm:ss.SSS} %-5level %msg %kvp{DOUBLE}%n%ex";

  /** Called by Logback. */
  public LogConfigurator() {}

  @Override
  public ExecutionStatus configure(LoggerContext logs) {
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(logs);
    appender.setTarget("System.err");
    appender.setEncoder(encoder(logs));
    appender.start();
    Logger root = logs.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(appender);
    logs.getLogger("org.eclipse.jetty").setLevel(Level.WARN);
    // These two warn of what clients send, in the clients' words.
    logs.getLogger("org.eclipse.jetty.http.HttpParser").setLevel(Level.ERROR);
    logs.getLogger("org.eclipse.jetty.util.HostPort").setLevel(Level.ERROR);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static Encoder<ILoggingEvent> encoder(LoggerContext logs) {
    Encoder<ILoggingEvent> encoder = Terminal.isPresent() ? plain() : new JsonLineEncoder();
    encoder.setContext(logs);
    encoder.start();
    return encoder;
  }

  private static Encoder<ILoggingEvent> plain() {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setPattern(PLAIN);
    return encoder;
  }
}
