package io.schedulerworker.app.io;

import io.schedulerworker.model.Texts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is made of files that may change. While they cannot be used, the last good value stays, and the log says so once.
 * One thread at a time may look, any number may take the value.
 *
 * @param <R> what is read from the files; equal if nothing has changed
 * @param <T> what is made of it
 */
public final class LastGood<R, T> {
  private static final Logger LOG = LoggerFactory.getLogger(LastGood.class);
  private static final int LONGEST = 300;

  private final String name;
  private final Reader<R> reader;
  private final Maker<R, T> maker;
  private R seen;
  private @Nullable R refused;
  private String problem = "";
  private volatile Runnable whenChanged = () -> {};
  private volatile T value;

  /**
   * Reads files.
   *
   * @param <R> what is read
   */
  @FunctionalInterface
  public interface Reader<R> {
    /**
     * Reads.
     *
     * @return their content
     * @throws UnreadableFileException if it cannot be had; shows nothing of it
     */
    R read() throws UnreadableFileException;
  }

  /**
   * Makes something of what they had.
   *
   * @param <R> what was read
   * @param <T> what is made
   */
  @FunctionalInterface
  public interface Maker<R, T> {
    /**
     * Makes.
     *
     * @param content what was read
     * @return what it comes to
     * @throws UnreadableFileException if it is of no use; shows nothing of it
     * @throws IllegalArgumentException likewise
     */
    T make(R content) throws UnreadableFileException;
  }

  /**
   * Begins with what was found.
   *
   * @param name of the setting, for the log
   * @param first what was read already
   * @param value what was made of it
   * @param reader reads it anew
   * @param maker makes something of what has changed
   */
  public LastGood(String name, R first, T value, Reader<R> reader, Maker<R, T> maker) {
    this.name = name;
    this.seen = first;
    this.value = value;
    this.reader = reader;
    this.maker = maker;
  }

  /**
   * Has somebody told of every other value.
   *
   * @param task run by who looks, after the value is there
   */
  public void whenChanged(Runnable task) {
    whenChanged = task;
  }

  String name() {
    return name;
  }

  /**
   * What is made of the files.
   *
   * @return as of the last look that was of use
   */
  public T value() {
    return value;
  }

  /** Looks whether they have changed. Does not throw. */
  public void look() {
    try {
      R content = reader.read();
      if (content.equals(seen)) {
        refused = null;
        problem = "";
      } else if (!content.equals(refused)) {
        // To make it may take long, and what is of no use now will not be the next time.
        refused = content;
        value = maker.make(content);
        seen = content;
        problem = "";
        whenChanged.run();
        LOG.info("{} has changed in its file and is used from now on", name);
      }
    } catch (UnreadableFileException | IllegalArgumentException e) {
      complain(String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      complain("it cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private void complain(String found) {
    if (!found.equals(problem)) {
      problem = found;
      LOG.warn("{} stays as it was, its file cannot be used: {}", name, Texts.line(found, LONGEST));
    }
  }
}
