package io.schedulerworker.app;

import io.schedulerworker.app.owner.OwnerNote;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The notes that a service leaves beside the stores it alone can have, from its start to its stop. */
final class OwnerNotes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Service.LOGGER);

  private final List<Path> stores;

  private OwnerNotes(List<Path> stores) {
    this.stores = stores;
  }

  /** Leaves a note beside each; without it commands do not find the service, but the service works. */
  static OwnerNotes leave(OwnerNote note, List<Path> stores) {
    for (Path store : stores) {
      try {
        note.leaveBeside(store);
      } catch (IOException e) {
        LOG.warn(
            "other commands will not find this service: no note beside {}: {}",
            store,
            e.toString());
      }
    }
    return new OwnerNotes(List.copyOf(stores));
  }

  @Override
  public void close() {
    for (Path store : stores) {
      try {
        OwnerNote.removeBeside(store);
      } catch (IOException e) {
        LOG.warn("the note beside {} stays behind: {}", store, e.toString());
      }
    }
  }
}
