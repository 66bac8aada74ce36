package dev.interdict.server.access;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What came of signing in.
public sealed interface LoginOutcome {

  /// Signed in.
  ///
  /// @param id goes into the cookie and nowhere else
  /// @param browser by which the [Browser] is known from now on; null where nothing is to be told
  record SignedIn(String id, Session session, @Nullable String browser) implements LoginOutcome {
    @Override
    public String toString() {
      return "SignedIn[" + session + "]";
    }
  }

  /// Wrong name, wrong password or disabled; which of these is not told.
  record Refused() implements LoginOutcome {}

  /// Too many failures of this account or from this address; nothing was checked.
  record TooMany(Duration retryAfter) implements LoginOutcome {}
}
