package dev.interdict.agent.decide;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What this device remembers of one rule. All instants are trusted time.
///
/// @param firstSeen when the tool was first found here; null if never
/// @param firstShown when a notice was first really shown; null if none was
/// @param firstTried when a notice was first tried; null if never
/// @param deferredBy by how much the employee has put the removal off in all
/// @param shown the phases of notice that were shown, with their last time
public record History(
    @Nullable Instant firstSeen,
    @Nullable Instant firstShown,
    @Nullable Instant firstTried,
    Duration deferredBy,
    Map<NoticePhase, Instant> shown) {
  /// Nothing is remembered.
  public static final History NONE = new History(null, null, null, Duration.ZERO, Map.of());

  public History {
    shown = Map.copyOf(shown);
  }
}
