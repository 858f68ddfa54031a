package io.schedulerworker.app;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Stdout, which remembers that it could not be written: a writer on it would keep that to itself. */
final class ResultStream extends FilterOutputStream {
  private @Nullable IOException failure;

  ResultStream() {
    super(new FileOutputStream(FileDescriptor.out));
  }

  /** What went wrong first; null if nothing did. */
  synchronized @Nullable IOException failure() {
    return failure;
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      failure = failure == null ? e : failure;
      throw e;
    }
  }
}
