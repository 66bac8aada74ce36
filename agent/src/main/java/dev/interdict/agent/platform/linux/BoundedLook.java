package dev.interdict.agent.platform.linux;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Looks at what a user chose, which may lie on a file system, or in memory, that never answers: on
/// a thread that is left behind then, since a call that hangs in the kernel hears no interrupt. At
/// most a few are left behind; from then on such looks see nothing. Thread-safe.
final class BoundedLook implements AutoCloseable {
  private static final int MOST_LEFT_BEHIND = 8;

  private final Duration limit;
  private ExecutorService looker = looker();
  private int leftBehind;

  /// @param limit how long one look may take
  BoundedLook(Duration limit) {
    this.limit = limit;
  }

  private static ExecutorService looker() {
    return Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("look").factory());
  }

  /// What was seen; null where there was nothing.
  ///
  /// @param seen throws where nothing is there
  /// @throws TimeoutException if it did not answer
  synchronized <T> @Nullable T at(Callable<T> seen) throws TimeoutException {
    if (leftBehind >= MOST_LEFT_BEHIND) {
      return null;
    }
    try {
      return looker.submit(seen).get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      leftBehind++;
      looker.shutdown();
      looker = looker();
      throw e;
    } catch (ExecutionException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  @Override
  public synchronized void close() {
    looker.shutdown();
  }
}
