package io.schedulerworker.app;

import io.schedulerworker.model.Texts;
import io.schedulerworker.model.TraceId;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Trace ids as people type them. */
final class TraceIds {
  private TraceIds() {}

  static TraceId parse(String text, CommandSpec spec) {
    try {
      return new TraceId(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          Texts.quote(text) + " is no trace id, which looks like trace_20250814_120000_1k3j9q9o");
    }
  }
}
