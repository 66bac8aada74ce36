package dev.interdict.simulation;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// The real time, and what is to happen when. Of two things at one moment the one that was planned
/// first comes first.
final class Agenda implements InstantSource {
  /// What happens.
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  private record Entry(Instant at, long number, Work work) {}

  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(Comparator.comparing(Entry::at).thenComparing(Entry::number));
  private Instant now;
  private long number;

  Agenda(Instant begin) {
    now = begin;
  }

  @Override
  public Instant instant() {
    return now;
  }

  void at(Instant at, Work work) {
    entries.add(new Entry(at.isBefore(now) ? now : at, number++, work));
  }

  void in(Duration after, Work work) {
    at(now.plus(after), work);
  }

  /// Goes on to what comes next and returns it, or null if nothing does before `end`.
  @Nullable Work next(Instant end) {
    var next = entries.peek();
    if (next == null || !next.at().isBefore(end)) {
      now = end;
      return null;
    }
    entries.remove();
    now = next.at();
    return next.work();
  }
}
