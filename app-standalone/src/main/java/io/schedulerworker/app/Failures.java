package io.schedulerworker.app;

import io.schedulerworker.app.owner.OwnerSilentException;
import io.schedulerworker.app.owner.RefusedException;
import io.schedulerworker.app.settings.Nearest;
import io.schedulerworker.model.JobRefusedException;
import io.schedulerworker.model.NoJobException;
import io.schedulerworker.model.Texts;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.StoreInUseException;
import java.util.Set;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one line on stderr and an exit code. */
final class Failures {
  private static final int LONGEST = 1_000;

  private Failures() {}

  static int usage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    say(command, problem(e) + " (see " + command.getCommandSpec().qualifiedName() + " --help)");
    return ExitCode.USER;
  }

  private static String problem(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return String.valueOf(e.getMessage());
    }
    CommandLine command = e.getCommandLine();
    String first = unmatched.getUnmatched().get(0);
    return unmatched.isUnknownOption()
        ? unknownOption(first, command.getCommandSpec().optionsMap().keySet())
        : e.getMessage() + Nearest.hint(first, command.getSubcommands().keySet());
  }

  /** By its name alone: what stands after the misspelt name of a key is the key. */
  private static String unknownOption(String word, Set<String> known) {
    String name = word.replaceFirst("(?s)=.*", "");
    return "there is no option " + Texts.quote(name) + Nearest.hint(name, known);
  }

  static int execution(Exception e, CommandLine command, ParseResult parsed) {
    if (e instanceof UserException user) {
      user.lines().forEach(line -> say(command, line));
      return ExitCode.USER;
    }
    if (e instanceof NoJobException || e instanceof JobRefusedException) {
      say(command, String.valueOf(e.getMessage()));
      return ExitCode.USER;
    }
    if (e instanceof KvStoreException store) {
      say(command, String.valueOf(e.getMessage()));
      return store.kind() == KvStoreException.Kind.REJECTED
          ? ExitCode.USER
          : ExitCode.STORE_OUT_OF_REACH;
    }
    if (e instanceof StoreInUseException || e instanceof OwnerSilentException) {
      say(command, String.valueOf(e.getMessage()));
      return ExitCode.STORE_OUT_OF_REACH;
    }
    if (e instanceof RefusedException refused) {
      say(command, String.valueOf(e.getMessage()));
      return refused.isOutOfReach() ? ExitCode.STORE_OUT_OF_REACH : ExitCode.USER;
    }
    LoggerFactory.getLogger(Failures.class)
        .error("this is a defect in Scheduler Worker, please report it", e);
    return ExitCode.DEFECT;
  }

  private static void say(CommandLine command, String message) {
    command.getErr().println("scheduler-worker: " + Texts.line(message, LONGEST));
  }
}
