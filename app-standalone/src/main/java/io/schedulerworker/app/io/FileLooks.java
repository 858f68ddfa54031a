package io.schedulerworker.app.io;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** Where files are looked at that may have changed: a file system that does not answer must hold up nobody else. */
public final class FileLooks {
  /** On threads that do not keep the process alive; whoever looks does so once at a time. */
  public static final Executor IN_THE_BACKGROUND = Executors.newCachedThreadPool(FileLooks::thread);

  private FileLooks() {}

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "file-look");
    thread.setDaemon(true);
    return thread;
  }
}
