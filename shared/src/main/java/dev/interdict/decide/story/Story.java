package dev.interdict.decide.story;

import dev.interdict.decide.Verdict;
import dev.interdict.policy.Rule;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What happens on one device.
///
/// @param rule as it was at first
/// @param last how the rule stands at the end; null if the tool is gone, or was never seen
public record Story(
    Rule rule,
    Life life,
    Instant from,
    Instant to,
    List<Happening> happenings,
    @Nullable Verdict last) {
  public Story {
    happenings = List.copyOf(happenings);
  }

  /// Tells the story of `rule` in `life` from one instant to another.
  public static Story of(Rule rule, Life life, Instant from, Instant to) {
    return new Walk(rule, life, from, to).story();
  }

  /// The zone in which the device is at an instant.
  public Function<Instant, ZoneId> zones() {
    return new Presence(life)::zone;
  }
}
