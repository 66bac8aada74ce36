package dev.interdict.server.web.pages;

import dev.interdict.server.web.Row;
import java.util.List;
import java.util.Map;

/// Counts by name, as an answer of the API holds them. Pure functions.
public final class Parts {
  private Parts() {}

  /// At most `most` of them, the largest first.
  public static List<Map.Entry<String, Long>> largest(Row counts, int most) {
    return counts.json().members().keySet().stream()
        .map(name -> Map.entry(name, counts.number(name)))
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(most)
        .toList();
  }
}
