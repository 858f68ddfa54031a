package io.schedulerworker.app;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import picocli.CommandLine.Model.CommandSpec;

/** Whether somebody watches. */
final class Terminal {
  private static final boolean PRESENT = detect();

  private Terminal() {}

  static boolean isPresent() {
    return PRESENT;
  }

  /** How many characters a line has there; without a terminal any number. */
  static int width() {
    return PRESENT
        ? CommandSpec.create().usageMessage().autoWidth(true).width()
        : Integer.MAX_VALUE;
  }

  /** From JDK 22 on there is a console without a terminal too, and a method, not in 17, that tells them apart. */
  @SuppressWarnings("SystemConsoleNull") // up to JDK 21 null means that there is no terminal
  private static boolean detect() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (IllegalAccessException | InvocationTargetException e) {
      return false;
    }
  }
}
