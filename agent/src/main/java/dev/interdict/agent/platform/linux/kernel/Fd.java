package dev.interdict.agent.platform.linux.kernel;

import java.util.concurrent.atomic.AtomicBoolean;

/// One open file descriptor. Closing twice is harmless; using it after closing is a programming
/// error that throws, so that a recycled number is never acted on. Safe for use by several threads
/// as long as none closes it.
public final class Fd implements AutoCloseable {
  private final int number;
  private final AtomicBoolean closed = new AtomicBoolean();

  Fd(int number) {
    this.number = number;
  }

  int number() {
    if (closed.get()) {
      throw new IllegalStateException("descriptor " + number + " is closed");
    }
    return number;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      // Linux frees the number even when close reports an error, so there is nothing to retry.
      Libc.close(number);
    }
  }
}
