package dev.interdict.server.main;

import java.time.Duration;

/// How long events are kept, for readers that are away and for exports.
///
/// @param keep at least so long, unless there are more than `most`
/// @param most never more than so many
public record EventSettings(Duration keep, long most) {
  public static final EventSettings STANDARD = new EventSettings(Duration.ofDays(30), 1_000_000);
}
