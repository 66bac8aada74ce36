package dev.interdict.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What happened in one life, a line each, and how often what was met. The same seed tells the
/// same.
final class Story {
  private final List<String> lines = new ArrayList<>();
  private final Map<String, Integer> met = new TreeMap<>();

  void tell(Instant at, String who, String what) {
    lines.add(at + " " + who + ": " + what);
  }

  /// Counts a situation.
  void met(String what) {
    met.merge(what, 1, Integer::sum);
  }

  Map<String, Integer> met() {
    return met;
  }

  @Override
  public String toString() {
    return String.join("\n", lines);
  }
}
