package dev.interdict.server.draft;

import java.util.Map;

/// Where the values of a document stand in its file, by JSON pointer (RFC 6901): a member at its
/// name, a list's item at its beginning.
public record Places(Map<String, Place> byPointer) {
  public Places {
    byPointer = Map.copyOf(byPointer);
  }

  /// The place of the value at `pointer`, or of the nearest value around it.
  public Place of(String pointer) {
    var nearest = pointer;
    while (!byPointer.containsKey(nearest)) {
      var slash = nearest.lastIndexOf('/');
      if (slash < 0) {
        return Place.START;
      }
      nearest = nearest.substring(0, slash);
    }
    return byPointer.get(nearest);
  }
}
