package io.schedulerworker.app.http;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What is logged meanwhile at INFO or above, by whomever. */
public final class Logs extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

  public Logs() {
    setContext(root.getLoggerContext());
    start();
    root.addAppender(this);
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (event.getLevel().isGreaterOrEqual(Level.INFO)) {
      String trace = event.getThrowableProxy() == null
          ? ""
          : " + stack trace: " + ThrowableProxyUtil.asString(event.getThrowableProxy());
      lines.add(event.getLoggerName() + ": " + event.getFormattedMessage() + trace);
    }
  }

  public List<String> lines() {
    return lines;
  }

  @Override
  public void close() {
    root.detachAppender(this);
    stop();
  }
}
