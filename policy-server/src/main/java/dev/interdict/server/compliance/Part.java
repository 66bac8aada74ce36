package dev.interdict.server.compliance;

import dev.interdict.server.query.Asked;
import dev.interdict.server.query.Terms;
import java.util.LinkedHashSet;
import java.util.List;

/// A part of the fleet that is looked at by itself: of some departments, on some operating systems,
/// and in some rings. Of these, counts are kept. Immutable.
public record Part(Terms departments, Terms os, Terms rings) {
  /// All of it.
  public static final Part WHOLE = new Part(Terms.ALL, Terms.ALL, Terms.ALL);

  /// The one that the keys `dept`, `os` and `ring` name.
  ///
  /// @throws IllegalArgumentException if one of them cannot be
  public static Part read(Asked asked) {
    return new Part(asked.names("dept"), asked.systems(), asked.names("ring"));
  }

  /// Each part that this is narrowed from by one key more, down to the whole.
  List<Part> wider() {
    var wider = new LinkedHashSet<Part>();
    for (var kept = 0; kept < 8; kept++) {
      wider.add(
          new Part(
              (kept & 1) == 0 ? Terms.ALL : departments,
              (kept & 2) == 0 ? Terms.ALL : os,
              (kept & 4) == 0 ? Terms.ALL : rings));
    }
    wider.remove(this);
    return List.copyOf(wider);
  }

  /// Whether it is named by one value of a key at most. What is told of two values together, less
  /// what is told of one, is the other's, however small that is.
  public boolean isOfOneEach() {
    return departments.isAtMostOne() && os.isAtMostOne() && rings.isAtMostOne();
  }

  /// Whether nothing is left out.
  public boolean isWhole() {
    return departments.isAll() && os.isAll() && rings.isAll();
  }
}
