package dev.interdict.server.fleetsim;

import dev.interdict.json.JsonException;
import dev.interdict.report.ChainAnswer;

/// What the server said.
///
/// @param retryAfter in seconds; 0 if it said nothing of it
/// @param nextContact in how many seconds it asks to come again; 0 if it said nothing of it
/// @param kept whether the connection may be used again
record Answer(int status, int retryAfter, int nextContact, boolean kept, byte[] body) {

  boolean good() {
    return status / 100 == 2;
  }

  /// The number that the next report is to have; 0 if it says none.
  long expected() {
    try {
      return body.length == 0 ? 0 : ChainAnswer.expected(body);
    } catch (JsonException e) {
      return 0;
    }
  }
}
