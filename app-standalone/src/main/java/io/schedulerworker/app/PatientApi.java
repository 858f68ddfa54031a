package io.schedulerworker.app;

import io.schedulerworker.app.owner.Api;
import io.schedulerworker.app.owner.Call;
import io.schedulerworker.app.owner.OwnerSilentException;
import io.schedulerworker.app.owner.RefusedException;
import io.schedulerworker.app.owner.Reply;
import io.schedulerworker.model.Texts;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.StoreInUseException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The API for who looks again and again: a store, or a service that has it, may go away and come back, also as another
 * process at another address. It keeps no other process from a store between two looks.
 */
final class PatientApi implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int LONGEST = 300;

  private final Supplier<Api> opening;
  private final Duration patience;
  private final Waits waits;
  private final PrintWriter err;
  private @Nullable Api open;
  private boolean tookTheStore;

  /**
   * An API that is opened when it is asked.
   *
   * @param opening opens it, anew each time
   * @param patience how long it may be away at a time
   * @param err is told when it goes and comes
   */
  PatientApi(Supplier<Api> opening, Duration patience, Waits waits, PrintWriter err) {
    this.opening = opening;
    this.patience = patience;
    this.waits = waits;
    this.err = err;
  }

  /** What is at a path; throws what went wrong last if the API stays away, and at once what no waiting mends. */
  Reply get(String target) {
    long since = waits.nanoTime();
    boolean away = false;
    while (true) {
      try {
        Reply reply = ask(Call.get(target));
        if (away) {
          err.println("scheduler-worker: it is back");
        }
        return reply;
      } catch (RuntimeException e) {
        close();
        if (!mayPass(e) || waits.nanoTime() - since >= patience.toNanos()) {
          throw e;
        }
        if (!away) {
          err.println("scheduler-worker: waiting for it to come back: "
              + Texts.line(String.valueOf(e.getMessage()), LONGEST));
        }
        away = true;
        waits.pause(PAUSE);
      }
    }
  }

  private Reply ask(Call call) {
    Api api = open == null ? opening.get() : open;
    open = api;
    Reply reply = api.send(call).orRefused();
    tookTheStore = api.keepsOthersOut();
    if (tookTheStore) {
      close();
    }
    return reply;
  }

  /** Whether nobody has the store: then nothing changes, and each look may be in the way of who wants to have it. */
  boolean tookTheStore() {
    return tookTheStore;
  }

  private static boolean mayPass(RuntimeException e) {
    if (e instanceof KvStoreException store) {
      return store.kind() != KvStoreException.Kind.REJECTED;
    }
    return e instanceof OwnerSilentException
        || e instanceof StoreInUseException
        || (e instanceof RefusedException refused && refused.isOutOfReach());
  }

  @Override
  public void close() {
    Api api = open;
    open = null;
    if (api != null) {
      api.close();
    }
  }
}
