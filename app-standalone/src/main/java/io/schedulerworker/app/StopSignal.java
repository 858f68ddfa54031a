package io.schedulerworker.app;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What tells a service to stop. The first SIGTERM or SIGINT asks it to, the second ends the process at once: once the JVM
 * is shutting down it takes no further signal, so these two are heard before the JVM hears them. By whatever else the
 * process is ended, SIGHUP for example, the service is asked to stop and waited for.
 */
final class StopSignal {
  private static final Logger LOG = LoggerFactory.getLogger(Service.LOGGER);
  private static final Map<String, Integer> NUMBERS = Map.of("INT", 2, "TERM", 15);
  private static final int ENDED_BY_SIGNAL = 128;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);

  private StopSignal() {}

  /** Listens from now on. */
  static StopSignal listen() {
    StopSignal signal = new StopSignal();
    NUMBERS.forEach(signal::hear);
    Runtime.getRuntime().addShutdownHook(new Thread(signal::stopNow, "shutdown"));
    return signal;
  }

  /** By reflection: the compiler warns of these classes, which every JVM has in the module jdk.unsupported. */
  private void hear(String name, int number) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object heard = Proxy.newProxyInstance(
          StopSignal.class.getClassLoader(), new Class<?>[] {handler}, onSignal(name, number));
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), heard);
    } catch (ReflectiveOperationException e) {
      // The JVM was told to leave signals alone, or has none: its shutdown hook hears the first.
      LOG.debug("SIG{} is not heard: {}", name, cause(e).getMessage());
    }
  }

  private static Throwable cause(ReflectiveOperationException e) {
    return e instanceof InvocationTargetException && e.getCause() != null ? e.getCause() : e;
  }

  private InvocationHandler onSignal(String name, int number) {
    return (proxy, method, arguments) -> switch (method.getName()) {
      case "hashCode" -> System.identityHashCode(proxy);
      case "equals" -> proxy == arguments[0];
      case "toString" -> "handler of SIG" + name;
      default -> {
        received(name, number);
        yield null;
      }
    };
  }

  private void received(String name, int number) {
    if (asked.getCount() == 0) {
      LOG.warn("SIG{} again: ending at once", name);
      Runtime.getRuntime().halt(ENDED_BY_SIGNAL + number);
    }
    LOG.info("SIG{}: stopping; once more ends it at once", name);
    asked.countDown();
  }

  private void stopNow() {
    asked.countDown();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until somebody asks to stop. */
  void await() throws InterruptedException {
    asked.await();
  }

  /** Says that the service has stopped, or has never begun. */
  void stopped() {
    stopped.countDown();
  }
}
