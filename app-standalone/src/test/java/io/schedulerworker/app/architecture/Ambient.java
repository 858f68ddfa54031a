package io.schedulerworker.app.architecture;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

/** What the JDK offers everywhere and the core must be given: it could not be simulated otherwise. */
enum Ambient {
  CLOCK(
      "system clock",
      "java\\.time\\..*\\.now|java\\.time\\.Clock\\.(system|tick).*|java\\.time\\.InstantSource\\.system"
          + "|java\\.lang\\.System\\.(nanoTime|currentTimeMillis)",
      "java\\.util\\.(Date|.*Calendar)"),

  RANDOMNESS(
      "randomness",
      "java\\.lang\\.Math\\.random|java\\.util\\.UUID\\.randomUUID|java\\.util\\.Collections\\.shuffle",
      "java\\.util\\.(Random|SplittableRandom)|java\\.util\\.random\\..*"
          + "|java\\.security\\.SecureRandom|java\\.util\\.concurrent\\.ThreadLocalRandom"),

  ENVIRONMENT(
      "environment",
      "java\\.lang\\.System\\.(getenv|getProperty|getProperties|setProperty|lineSeparator)"
          + "|java\\.lang\\.(Integer\\.getInteger|Long\\.getLong|Boolean\\.getBoolean)"
          + "|java\\.time\\.ZoneId\\.systemDefault|java\\.util\\.(TimeZone|Locale)\\.getDefault"
          + "|java\\.nio\\.charset\\.Charset\\.defaultCharset",
      "java\\.lang\\.(Runtime|Process.*)"),

  THREADS(
      "threads of its own",
      "java\\.lang\\.Thread\\.(<init>|start|sleep|ofVirtual|ofPlatform)"
          + "|java\\.util\\.concurrent\\.CompletableFuture\\.(delayedExecutor|orTimeout|completeOnTimeout)"
          + "|.*\\.parallelStream|java\\.util\\.stream\\..*\\.parallel",
      "java\\.util\\.Timer|java\\.util\\.concurrent\\.(Executors|ForkJoin.*|.*ThreadPoolExecutor)") {
    @Override
    boolean isReachedBy(JavaAccess<?> access) {
      return super.isReachedBy(access) || isAsyncOnCommonPool(access.getTarget());
    }
  },

  INPUT_AND_OUTPUT(
      "input and output",
      "java\\.lang\\.System\\.(in|out|err|console)|java\\.lang\\.Class\\.getResource.*",
      "java\\.nio\\.(file|channels)\\..*|java\\.net\\.http\\..*"
          + "|java\\.net\\.(URL|.*Socket.*|.*URLConnection|Inet.*)"
          + "|java\\.io\\.(File.*|RandomAccessFile|Console)");

  private final String text;
  private final Pattern member;
  private final Pattern type;

  Ambient(String text, String member, String type) {
    this.text = text;
    this.member = Pattern.compile(member);
    this.type = Pattern.compile(type);
  }

  String text() {
    return text;
  }

  /** Whether code reaches it by a call, a method reference or a field. */
  boolean isReachedBy(JavaAccess<?> access) {
    AccessTarget target = access.getTarget();
    return member.matcher(target.getOwner().getName() + "." + target.getName()).matches();
  }

  /** Whether a class is a way to it by itself. */
  boolean isMetIn(JavaClass met) {
    return type.matcher(met.getBaseComponentType().getName()).matches();
  }

  private static boolean isAsyncOnCommonPool(AccessTarget target) {
    return target instanceof CodeUnitAccessTarget unit
        && unit.getName().endsWith("Async")
        && unit.getOwner().getName().startsWith("java.util.concurrent.Complet")
        && unit.getRawParameterTypes().stream()
            .noneMatch(parameter -> parameter.isEquivalentTo(Executor.class));
  }
}
