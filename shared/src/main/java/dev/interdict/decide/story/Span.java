package dev.interdict.decide.story;

import java.time.Instant;

/// A stretch of time.
///
/// @param to the first moment after it
public record Span(Instant from, Instant to) {
  public Span {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("ends at " + to + ", not after its beginning at " + from);
    }
  }

  boolean contains(Instant at) {
    return !at.isBefore(from) && at.isBefore(to);
  }
}
