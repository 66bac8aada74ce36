package dev.interdict.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One thing the agent did, or tried to, since the report before.
///
/// @param identity the identity of the finding it was done to, as in [ReportedFinding]
/// @param error why not; set for `REFUSED` and `FAILED`, null otherwise
public record ReportedAction(
    ActionKind kind, String identity, @Nullable ErrorClass error, Instant at) {
  public ReportedAction {
    identity = BoundedText.of(identity, 500);
  }
}
