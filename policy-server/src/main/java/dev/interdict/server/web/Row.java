package dev.interdict.server.web;

import dev.interdict.json.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An object that the API answered, as templates read it: what is absent is empty. Immutable.
public record Row(Json.Obj json) {
  /// Nothing.
  public static final Row NONE = new Row(Json.object().build());

  /// Whether there is such a member.
  public boolean has(String name) {
    return json.get(name) != null && !(json.get(name) instanceof Json.Null);
  }

  /// A text, or a number or flag as one; empty where there is none.
  public String text(String name) {
    return text(json.get(name));
  }

  /// A number; 0 where there is none.
  public long number(String name) {
    return json.get(name) instanceof Json.Int(var value) ? value : 0;
  }

  /// Whether it is there and `true`.
  public boolean flag(String name) {
    return json.get(name) == Json.Bool.TRUE;
  }

  /// A point in time, or null.
  public @Nullable Instant instant(String name) {
    var text = text(name);
    return text.isEmpty() ? null : Instant.parse(text);
  }

  /// An object; one without members where there is none.
  public Row row(String name) {
    return json.get(name) instanceof Json.Obj object ? new Row(object) : NONE;
  }

  /// The objects of a list.
  public List<Row> rows(String name) {
    return json.get(name) instanceof Json.Arr(var items)
        ? items.stream()
            .filter(Json.Obj.class::isInstance)
            .map(item -> new Row((Json.Obj) item))
            .toList()
        : List.of();
  }

  /// The texts of a list.
  public List<String> texts(String name) {
    return json.get(name) instanceof Json.Arr(var items)
        ? items.stream().map(Row::text).toList()
        : List.of();
  }

  private static String text(@Nullable Json value) {
    return switch (value) {
      case Json.Text(var text) -> text;
      case Json.Int(var number) -> Long.toString(number);
      case Json.Bool flag -> String.valueOf(flag == Json.Bool.TRUE);
      case Json.Decimal(var literal) -> literal;
      case Json.Obj _, Json.Arr _, Json.Null _ -> "";
      case null -> "";
    };
  }
}
