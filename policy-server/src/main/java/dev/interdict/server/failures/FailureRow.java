package dev.interdict.server.failures;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A removal that does not succeed, as the queue shows it.
///
/// @param error the class's word; empty for one that is closed
/// @param identity what could not be removed; null if the device did not say
/// @param since since when it has not succeeded; null for one that is closed
/// @param last when a failure was last told
/// @param owner who looks after it, or null
/// @param ticket where it is worked on elsewhere, as somebody wrote it, or null
/// @param comments how many there are
public record FailureRow(
    String device,
    String host,
    String department,
    String os,
    String rule,
    State state,
    String error,
    @Nullable String identity,
    @Nullable Instant since,
    @Nullable Instant last,
    @Nullable String owner,
    @Nullable String ticket,
    long comments) {

  /// Where it stands.
  public enum State {
    /// It needs hands.
    OPEN,
    /// Somebody says that it is solved; the device has not verified it yet.
    RESOLVED,
    /// The device verified that it is gone, or the rule is.
    CLOSED;

    /// The word in commands and JSON.
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
