package dev.interdict.server.access.oidc;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Something that the provider publishes, kept for a while. Whoever needs a newer copy at the same
/// time waits for one fetch together, and nobody waits for it who can do with the copy there is: no
/// lock is held while something is fetched. Thread-safe.
final class Published<T> {
  private final Supplier<CompletableFuture<T>> fetch;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Copy<T> copy;
  private @Nullable CompletableFuture<Copy<T>> pending;

  /// What was published at some time.
  record Copy<T>(T value, Instant at) {}

  /// @param fetch ends by itself, one way or the other
  Published(Supplier<CompletableFuture<T>> fetch, InstantSource clock) {
    this.fetch = fetch;
    this.clock = clock;
  }

  /// The copy there is, if it will do, or else the next one that is fetched.
  CompletableFuture<Copy<T>> get(Predicate<Copy<T>> enough) {
    lock.lock();
    try {
      var known = copy;
      if (known != null && enough.test(known)) {
        return CompletableFuture.completedFuture(known);
      }
      var shared = pending;
      if (shared == null || shared.isDone()) {
        shared = fetch.get().thenApply(this::keep);
        pending = shared;
      }
      return shared;
    } finally {
      lock.unlock();
    }
  }

  private Copy<T> keep(T value) {
    lock.lock();
    try {
      var fresh = new Copy<>(value, clock.instant());
      copy = fresh;
      return fresh;
    } finally {
      lock.unlock();
    }
  }
}
