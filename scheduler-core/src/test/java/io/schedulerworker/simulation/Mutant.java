package io.schedulerworker.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A mistake to be planted in the core.
 *
 * @param title what is wrong
 * @param type the class that has it, without {@code io.schedulerworker.}
 * @param right the text as it is, exactly once in the source
 * @param wrong what stands there instead
 * @param seed which one found it when somebody last looked, see {@link PlantedMistakes#main}; any other one will do, later
 */
record Mutant(String title, String type, String right, String wrong, long seed) {
  private static final Path SOURCES = Path.of("src", "main", "java", "io", "schedulerworker");

  String className() {
    return "io.schedulerworker." + type;
  }

  /** The source with the mistake in it. */
  String source() {
    Path file = SOURCES.resolve(type.replace('.', '/') + ".java");
    try {
      String source = Files.readString(file);
      int at = source.indexOf(right);
      if (at < 0 || source.indexOf(right, at + 1) >= 0) {
        throw new IllegalStateException(
            file + " must have exactly once, for \"" + title + "\": " + right);
      }
      return source.replace(right, wrong);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return title;
  }
}
