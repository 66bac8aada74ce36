package dev.interdict.server.store;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// On behalf of which request something is done. Its id stands in the context of the log of the
/// thread that answers it; a transaction runs on the writer's thread, to which it is carried over.
/// What nobody requested over the network, such as commands and the server's own chores, has none.
/// Thread-safe.
public final class OnBehalf {
  /// Its name in the log.
  public static final String LOGGED = "request";

  private OnBehalf() {}

  /// The id of the request that this thread works for; null for none.
  public static @Nullable String request() {
    return MDC.get(LOGGED);
  }

  /// The work, on behalf of the request of the thread that hands it over now.
  static <T extends @Nullable Object> Transaction<T> of(Transaction<T> work) {
    var request = request();
    return request == null
        ? work
        : connection -> {
          try (var _ = MDC.putCloseable(LOGGED, request)) {
            return work.run(connection);
          }
        };
  }
}
