package dev.interdict.server.web;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/// The columns of a list that may be left out, and which of them somebody wants: those that `cols`
/// of the address names, all of them where it names none. Immutable.
///
/// @param path of the list's page
/// @param query the list as it is asked for
/// @param names what each is called, in the list's order
public record Columns(String path, Query query, SequencedMap<String, String> names) {
  /// The query's key.
  public static final String KEY = "cols";

  /// @throws IllegalArgumentException if the query names a column that there is not
  public Columns {
    names = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(names));
    if (!names.keySet().containsAll(query.all(KEY))) {
      throw new IllegalArgumentException("no such column");
    }
  }

  /// Whether the column is shown.
  public boolean shows(String key) {
    return asked().isEmpty() || asked().contains(key);
  }

  private Set<String> asked() {
    return query.all(KEY);
  }

  /// What else the address says, as it stands in the hidden fields of a form.
  public Iterable<Map.Entry<String, String>> others() {
    return query.values().entrySet().stream()
        .filter(each -> !each.getKey().equals(KEY))
        .flatMap(each -> each.getValue().stream().map(value -> Map.entry(each.getKey(), value)))
        .toList();
  }

  /// The list's address as it is shown now.
  public Href here() {
    return query.at(path, Visitor.KEY, "");
  }
}
