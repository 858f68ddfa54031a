package io.schedulerworker.kv.memory;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens a store's file, and says in one line why it cannot be opened. */
final class StoreOpening {
  private final Path path;
  private final String engineScheme;

  StoreOpening(Path path, String engineScheme) {
    this.path = path;
    this.engineScheme = engineScheme;
  }

  StoreLock lock() {
    try {
      Path folder = path.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      return StoreLock.take(path);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Opens the file, or gives the lock back. */
  StoreFile open(StoreLock lock) {
    try {
      StoreFile file = open(lock.note());
      lock.noteOpened();
      return file;
    } catch (IOException e) {
      lock.release();
      throw unusable(e);
    } catch (RuntimeException | Error e) {
      lock.release();
      throw e;
    }
  }

  /** A store that was there must be there still, and whole. */
  private void checkAgainst(StoreNote before) throws IOException {
    if (!before.made()) {
      return;
    }
    if (!Files.exists(path)) {
      throw lost("is gone");
    }
    long size = Files.size(path);
    if (size == 0) {
      throw lost("is empty");
    }
    if (before.size().isPresent() && size < before.size().getAsLong()) {
      throw lost("was cut off: it has %d bytes, and had %d when it was closed, %s"
          .formatted(size, before.size().getAsLong(), copied()));
    }
  }

  private IllegalArgumentException lost(String what) {
    return new IllegalArgumentException(
        "file:%s %s. Put back a backup, or delete it and %s to begin with nothing"
            .formatted(path, what, StoreLock.fileOf(path).getFileName()));
  }

  private StoreFile open(StoreNote before) throws IOException {
    if (Files.isDirectory(path)) {
      throw new IllegalArgumentException(
          "file:%s is a directory: name a file in it".formatted(path));
    }
    checkAgainst(before);
    PrivateFiles.create(path);
    StoreFile file = new StoreFile(path, engineScheme);
    try {
      file.values();
      return file;
    } catch (RuntimeException e) {
      file.abandon();
      throw StoreFile.isDamage(e) ? damaged(e) : unusable(e);
    } catch (AssertionError e) {
      // The engine's own, where assertions are on: it stumbled over what it read.
      file.abandon();
      throw damaged(new IllegalStateException("what is in it does not go together", e));
    }
  }

  private IllegalArgumentException unusable(Exception e) {
    String reason = e instanceof AccessDeniedException denied
        ? denied.getFile() + " may not be written"
        : StoreFile.reason(e);
    return new IllegalArgumentException("file:%s cannot be opened: %s".formatted(path, reason), e);
  }

  private IllegalArgumentException damaged(RuntimeException e) {
    return new IllegalArgumentException(
        "file:%s is damaged or no store of ours (%s); %s. Put back a backup, or move the file away to begin with nothing"
            .formatted(path, StoreFile.reason(e), copied()),
        e);
  }

  private String copied() {
    try {
      return "a copy is kept as " + StoreFile.keepCopy(path);
    } catch (IOException e) {
      return "it could not be copied: " + StoreFile.reason(e);
    }
  }
}
