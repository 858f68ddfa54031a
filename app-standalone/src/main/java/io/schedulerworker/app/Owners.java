package io.schedulerworker.app;

import io.schedulerworker.app.owner.OwnerNote;
import io.schedulerworker.app.owner.OwnerSilentException;
import io.schedulerworker.port.StoreInUseException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the service that has the stores which this process wanted. */
final class Owners {
  private Owners() {}

  /**
   * Reads what the owner left beside its stores.
   *
   * @param stores the files of all the stores that are wanted, each of which must be the owner's
   * @param inUse what came of opening one
   * @throws OwnerSilentException if the owner is no service, or not that of all these stores
   */
  static OwnerNote noteOf(List<Path> stores, StoreInUseException inUse) {
    // A note of a process that is gone may name a port that is now somebody else's.
    List<OwnerNote> notes = stores.stream()
        .map(store -> read(store, inUse))
        .flatMap(Optional::stream)
        .filter(note -> inUse.pid().isPresent() && note.pid() == inUse.pid().getAsLong())
        .toList();
    if (notes.isEmpty() || notes.size() < stores.size()) {
      throw new OwnerSilentException(String.valueOf(inUse.getMessage()));
    }
    return notes.get(0);
  }

  private static Optional<OwnerNote> read(Path store, StoreInUseException inUse) {
    try {
      return OwnerNote.readBeside(store);
    } catch (IOException e) {
      throw new OwnerSilentException(inUse.getMessage() + " (its note is not readable: " + e + ")");
    }
  }
}
