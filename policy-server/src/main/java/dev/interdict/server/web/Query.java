package dev.interdict.server.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The decoded query of an address. Several values of one key mean "or"; they may stand in several
/// pairs or behind one another, separated by commas. Immutable.
public record Query(Map<String, List<String>> values) {
  /// No query.
  public static final Query NONE = new Query(Map.of());

  private static final int LONGEST = 300;

  public Query {
    var copy = new LinkedHashMap<String, List<String>>();
    values.forEach((key, all) -> copy.put(key, List.copyOf(all)));
    values = java.util.Collections.unmodifiableMap(copy);
  }

  /// The first value of `key` as it stands, trimmed and bounded; empty where there is none.
  public String text(String key) {
    var all = values.getOrDefault(key, List.of());
    var text = all.isEmpty() ? "" : all.getFirst().strip();
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }

  /// The values of `key` as they stand, in order, without empty ones: for names, which may hold
  /// commas.
  public Set<String> values(String key) {
    var found = new LinkedHashSet<String>();
    for (var value : values.getOrDefault(key, List.of())) {
      if (!value.isBlank() && value.length() <= LONGEST) {
        found.add(value);
      }
    }
    return found;
  }

  /// Every value of `key`, in order, without empty ones: for words, which hold no commas.
  public Set<String> all(String key) {
    var found = new LinkedHashSet<String>();
    for (var value : values.getOrDefault(key, List.of())) {
      for (var part : value.split(",", -1)) {
        if (!part.isBlank() && part.length() <= LONGEST) {
          found.add(part.strip());
        }
      }
    }
    return found;
  }

  /// The same query at `path`, with `key` set to `value` alone; an empty value takes it away.
  public Href at(String path, String key, String value) {
    var href = Href.to(path);
    var others = new ArrayList<>(values.entrySet());
    for (var other : others) {
      if (!other.getKey().equals(key)) {
        for (var one : other.getValue()) {
          href = href.with(other.getKey(), one);
        }
      }
    }
    return href.with(key, value);
  }
}
