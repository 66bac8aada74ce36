package dev.interdict.agent.page;

import dev.interdict.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the guard's answer leniently: a member that is missing is empty, since page and guard may
/// be of different versions for a moment during an upgrade.
///
/// @param json any value of the answer
record Said(@Nullable Json json) {
  Said get(String name) {
    return new Said(json instanceof Json.Obj object ? object.get(name) : null);
  }

  /// The text, or an empty one.
  String text() {
    return switch (json) {
      case Json.Text(var value) -> value;
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

  /// The instant, or null where there is none.
  @Nullable Instant instant() {
    try {
      return json instanceof Json.Text(var value) ? Instant.parse(value) : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  List<Said> items() {
    return json instanceof Json.Arr(var items) ? items.stream().map(Said::new).toList() : List.of();
  }

  List<String> texts() {
    return items().stream().map(Said::text).filter(text -> !text.isEmpty()).toList();
  }
}
