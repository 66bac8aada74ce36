package dev.interdict.decide.story;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;

/// Somebody with an account on the device.
///
/// @param uses when they sit at it
/// @param away when they do not, whatever the hour: leave, travel without it
public record Person(String name, List<Weekly> uses, List<Span> away) {
  public Person {
    uses = List.copyOf(uses);
    away = List.copyOf(away);
  }

  boolean isAway(Instant at) {
    return away.stream().anyMatch(span -> span.contains(at));
  }

  boolean isThere(ZonedDateTime at) {
    return !isAway(at.toInstant()) && uses.stream().anyMatch(hours -> hours.contains(at));
  }
}
