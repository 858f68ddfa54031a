package io.schedulerworker.kv.memory;

import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.KvStoreException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * The one thread that touches a store's file. Callers wait for it no longer than their deadline, even where a disk hangs;
 * an interrupt of theirs cannot close the file under others; and what came in while it was busy shares one commit.
 */
final class StoreThread implements Runnable {
  private static final int MOST_AT_ONCE = 64;
  private static final StoreTask<Void> END = new StoreTask<>("the end", false, values -> null);

  private final BlockingQueue<StoreTask<?>> tasks = new LinkedBlockingQueue<>();
  private final StoreFile file;
  private final ExpirySweep sweep;
  private final Thread thread;

  StoreThread(StoreFile file, ExpirySweep sweep) {
    this.file = file;
    this.sweep = sweep;
    this.thread = new Thread(this, "kv-file");
    thread.setDaemon(true);
    thread.start();
  }

  void add(StoreTask<?> task) {
    tasks.add(task);
  }

  /** Does what is waiting, closes the file and ends. */
  void end() {
    tasks.add(END);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void run() {
    List<StoreTask<?>> batch = new ArrayList<>();
    while (!batch.contains(END)) {
      batch.clear();
      take(batch);
      perform(
          batch.stream().filter(task -> task != END).filter(StoreTask::begin).toList());
    }
    close();
  }

  private void take(List<StoreTask<?>> batch) {
    try {
      batch.add(tasks.take());
      tasks.drainTo(batch, MOST_AT_ONCE - 1);
    } catch (InterruptedException e) {
      // Nobody interrupts this thread on purpose; what is waiting still has to be done.
      batch.clear();
    }
  }

  /**
   * What only reads goes before what writes: all of it came at once as far as anybody can tell, and a read that shows what
   * is on the disk already need not wait until more is.
   */
  private void perform(List<StoreTask<?>> batch) {
    read(batch.stream().filter(task -> !task.writes()).toList());
    write(batch.stream().filter(StoreTask::writes).toList());
  }

  private void read(List<StoreTask<?>> reads) {
    runAll(reads, values -> {});
  }

  /** Nobody is released before all is on the disk: a read would else show what may yet be lost. */
  private void write(List<StoreTask<?>> writes) {
    runAll(writes, values -> {
      sweep.step(values);
      commit(writes);
    });
  }

  private void runAll(List<StoreTask<?>> tasks, Consumer<StoredValues> end) {
    if (tasks.isEmpty()) {
      return;
    }
    try {
      StoredValues values = file.values();
      tasks.forEach(task -> run(task, values));
      end.accept(values);
    } catch (RuntimeException e) {
      // Before anything was written: the file could not be opened.
      file.abandon();
      tasks.forEach(task -> task.fail(unavailable(task, e)));
    }
    tasks.forEach(StoreTask::release);
  }

  private void run(StoreTask<?> task, StoredValues values) {
    try {
      task.run(values);
    } catch (RuntimeException e) {
      task.fail(StoreFile.isDamage(e) ? damaged(task, e) : unavailable(task, e));
    } catch (OutOfMemoryError e) {
      task.fail(
          unavailable(task, new IllegalStateException("there is not enough memory for it", e)));
    } catch (AssertionError e) {
      // The engine's own, where assertions are on: it stumbled over what it read.
      task.fail(damaged(task, new IllegalStateException("what is in it does not go together", e)));
    }
  }

  private void commit(List<StoreTask<?>> writes) {
    try {
      file.commit();
      file.tidy();
    } catch (RuntimeException e) {
      file.abandon();
      writes.stream().filter(task -> !task.isFailed()).forEach(task -> task.fail(unknown(task, e)));
    }
  }

  private void close() {
    try {
      file.close();
    } catch (RuntimeException e) {
      // All that was promised is on the disk already.
      file.abandon();
    }
  }

  private KvStoreException unavailable(StoreTask<?> task, RuntimeException e) {
    return new KvStoreException(Kind.UNAVAILABLE, said(task, e), e);
  }

  private KvStoreException unknown(StoreTask<?> task, RuntimeException e) {
    return new KvStoreException(Kind.OUTCOME_UNKNOWN, said(task, e), e);
  }

  private KvStoreException damaged(StoreTask<?> task, RuntimeException e) {
    return new KvStoreException(Kind.REJECTED, said(task, e), e);
  }

  private String said(StoreTask<?> task, RuntimeException e) {
    return "file:" + file.path() + ": " + task.what() + ": " + StoreFile.reason(e);
  }
}
