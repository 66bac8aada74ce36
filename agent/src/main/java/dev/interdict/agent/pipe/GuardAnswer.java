package dev.interdict.agent.pipe;

import dev.interdict.identity.Printable;
import dev.interdict.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the guard's answer leniently: a member that is missing is empty, since whoever asks and
/// the guard may be of different versions for a moment during an upgrade.
///
/// @param json any value of the answer
public record GuardAnswer(@Nullable Json json) {
  /// The member of that name.
  public GuardAnswer get(String name) {
    return new GuardAnswer(json instanceof Json.Obj object ? object.get(name) : null);
  }

  /// Whether there is a value.
  public boolean isThere() {
    return json != null && json != Json.Null.NULL;
  }

  /// The value itself, JSON's null where there is none.
  public Json orNull() {
    return json == null ? Json.Null.NULL : json;
  }

  /// The text as a terminal may show it, or an empty one.
  public String text() {
    return Printable.of(raw());
  }

  /// The text as it is, or an empty one.
  public String raw() {
    return switch (json) {
      case Json.Text(var value) -> value;
      case Json.Int(var value) -> Long.toString(value);
      case null, default -> "";
    };
  }

  /// The number, or 0.
  public long number() {
    return json instanceof Json.Int(var value) ? value : 0;
  }

  /// Whether it is true.
  public boolean flag() {
    return json == Json.Bool.TRUE;
  }

  /// The instant, or null where there is none.
  public @Nullable Instant instant() {
    try {
      return json instanceof Json.Text(var value) ? Instant.parse(value) : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  /// The items of a list.
  public List<GuardAnswer> items() {
    return json instanceof Json.Arr(var items)
        ? items.stream().map(GuardAnswer::new).toList()
        : List.of();
  }

  /// The texts of a list as they are, without empty ones.
  public List<String> texts() {
    return items().stream().map(GuardAnswer::raw).filter(text -> !text.isEmpty()).toList();
  }
}
