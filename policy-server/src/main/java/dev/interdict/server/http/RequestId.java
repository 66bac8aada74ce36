package dev.interdict.server.http;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/// By which an answer and the lines of the log belong together. Made here for every request: one
/// that a client sends could be anybody's.
final class RequestId {
  static final String HEADER = "X-Request-Id";

  /// Its name in the log.
  static final String LOGGED = "request";

  private RequestId() {}

  static String fresh() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }
}
