package dev.interdict.agent.sync;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the worker's requests go through. Seam.
public interface Line extends AutoCloseable {
  /// An answer.
  ///
  /// @param body at most `limit + 1` bytes of it
  /// @param retryAfter the header field of this name, or else that of the next contact, as sent
  record Answer(int status, byte[] body, @Nullable String retryAfter) {}

  /// Asks for `path`.
  ///
  /// @throws IOException if no whole answer came
  Answer get(String path, int limit) throws IOException;

  /// Sends `body` to `path`.
  ///
  /// @throws IOException if no whole answer came; the server may have taken it all the same
  Answer post(String path, Map<String, String> headers, byte[] body, int limit) throws IOException;

  @Override
  void close();
}
