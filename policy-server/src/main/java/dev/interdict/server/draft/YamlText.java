package dev.interdict.server.draft;

import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A rule as people write one: YAML in blocks, which [YamlFile] reads back as the same values. For
/// what was published as JSON. Pure functions.
public final class YamlText {
  /// What no reader takes for anything but a text: no word for true, none or a number.
  private static final Pattern PLAIN =
      Pattern.compile(
          "(?!(?i:true|false|null|yes|no|on|off|nan|inf)$)[\\p{L}~/][^\\p{Cntrl}#:\\[\\]{},&*!|>'\"%@`\\\\]*[^\\p{Cntrl}#:\\[\\]{},&*!|>'\"%@`\\\\\\s]|\\p{L}");

  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:]{5,8})?");
  private static final Pattern URL =
      Pattern.compile("(https?|pkg):[A-Za-z0-9/._%@~+=?&-]*[A-Za-z0-9/_]");
  private static final int SHORT = 60;

  private YamlText() {}

  /// The text, which ends with a line's end.
  public static String of(Json json) {
    var text = new StringBuilder();
    switch (json) {
      case Json.Obj object when !object.members().isEmpty() -> members(object, "", text);
      case Json.Arr array when !array.items().isEmpty() -> items(array, "", text);
      default -> text.append(inline(json)).append('\n');
    }
    return text.toString();
  }

  /// A value that fits behind a name, in one line.
  static String inline(Json json) {
    return switch (json) {
      case Json.Obj(var members) when !members.isEmpty() ->
          "{"
              + members.entrySet().stream().map(YamlText::member).collect(Collectors.joining(", "))
              + "}";
      case Json.Arr(var items) ->
          "[" + String.join(", ", items.stream().map(YamlText::inline).toList()) + "]";
      case Json.Text(var text) -> plain(text);
      // JSON is YAML.
      default -> JsonWriter.line(json);
    };
  }

  private static String member(Map.Entry<String, Json> member) {
    return plain(member.getKey()) + ": " + inline(member.getValue());
  }

  /// An item of a list, in one line; an object of one member without its braces.
  static String item(Json json) {
    return json instanceof Json.Obj(var members) && members.size() == 1
        ? member(members.entrySet().iterator().next())
        : inline(json);
  }

  private static void members(Json.Obj object, String indent, StringBuilder text) {
    object
        .members()
        .forEach((name, value) -> {
          text.append(indent).append(plain(name)).append(':');
          value(value, indent, text);
        });
  }

  private static void value(Json value, String indent, StringBuilder text) {
    switch (value) {
      case Json.Obj object when !object.members().isEmpty() -> {
        text.append('\n');
        members(object, indent + "  ", text);
      }
      case Json.Arr array when !array.items().isEmpty() && !isShort(array) -> {
        text.append('\n');
        items(array, indent + "  ", text);
      }
      default -> text.append(' ').append(inline(value)).append('\n');
    }
  }

  private static void items(Json.Arr array, String indent, StringBuilder text) {
    for (var item : array.items()) {
      text.append(indent).append("- ");
      if (item instanceof Json.Obj object && !object.members().isEmpty()) {
        var inner = new StringBuilder();
        members(object, indent + "  ", inner);
        text.append(inner.substring(indent.length() + 2));
      } else {
        text.append(inline(item)).append('\n');
      }
    }
  }

  private static boolean isShort(Json.Arr array) {
    return array.items().stream()
            .noneMatch(item -> item instanceof Json.Obj || item instanceof Json.Arr)
        && inline(array).length() <= SHORT;
  }

  private static String plain(String text) {
    return PLAIN.matcher(text).matches()
            || DATE.matcher(text).matches()
            || URL.matcher(text).matches()
        ? text
        : JsonWriter.line(new Json.Text(text));
  }
}
