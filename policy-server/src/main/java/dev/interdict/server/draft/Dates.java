package dev.interdict.server.draft;

import dev.interdict.json.Json;
import java.time.DateTimeException;
import java.time.LocalDateTime;

/// Whether a date of a rule that was refused can be read by itself, so that the fault lies in its
/// order.
final class Dates {
  private Dates() {}

  static boolean wellFormed(Json rule, String name) {
    if (!(rule instanceof Json.Obj object)
        || !(object.get("timeline") instanceof Json.Obj timeline)
        || !(timeline.get(name) instanceof Json.Text(var text))) {
      return false;
    }
    try {
      LocalDateTime.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
