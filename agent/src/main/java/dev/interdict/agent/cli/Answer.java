package dev.interdict.agent.cli;

import dev.interdict.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the guard's answer leniently: a member that is missing is empty, since commands and guard
/// may be of different versions for a moment during an upgrade.
///
/// @param json any value of the answer
record Answer(@Nullable Json json) {
  Answer get(String name) {
    return new Answer(json instanceof Json.Obj object ? object.get(name) : null);
  }

  boolean isThere() {
    return json != null && json != Json.Null.NULL;
  }

  /// The value itself, JSON's null where there is none.
  Json orNull() {
    return json == null ? Json.Null.NULL : json;
  }

  /// The text, printable, or an empty one.
  String text() {
    return switch (json) {
      case Json.Text(var value) -> dev.interdict.identity.Printable.of(value);
      case Json.Int(var value) -> Long.toString(value);
      case null, default -> "";
    };
  }

  long number() {
    return json instanceof Json.Int(var value) ? value : 0;
  }

  boolean flag() {
    return json == Json.Bool.TRUE;
  }

  List<Answer> items() {
    return json instanceof Json.Arr(var items)
        ? items.stream().map(Answer::new).toList()
        : List.of();
  }
}
