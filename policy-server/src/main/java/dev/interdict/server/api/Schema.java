package dev.interdict.server.api;

import dev.interdict.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a value may be: written into the description (JSON Schema 2020-12) and held against what
/// clients send ([SchemaCheck]), so that the two cannot differ.
sealed interface Schema {

  /// Whether nothing has to be said of it, so that a body of it may be left out.
  static boolean isOptional(Schema schema) {
    return schema instanceof Members(var members) && members.stream().noneMatch(Member::required);
  }

  /// A string.
  ///
  /// @param format of the standard's list, such as `date-time`; null for none
  record Text(int least, int most, @Nullable String format) implements Schema {}

  /// One of some words.
  record Words(List<String> words) implements Schema {
    public Words {
      words = List.copyOf(words);
    }
  }

  /// A whole number.
  record Whole(long least, long most) implements Schema {}

  /// `true` or `false`.
  record Flag() implements Schema {}

  /// A list.
  record Items(Schema each, int most) implements Schema {}

  /// An object whose members are these and no others.
  record Members(List<Member> members) implements Schema {
    public Members {
      members = List.copyOf(members);
    }
  }

  /// A member of an object.
  record Member(String name, Schema schema, boolean required) {}

  /// An object whose names are data.
  record Table(Schema each) implements Schema {}

  /// An object with a format of its own, which is described elsewhere.
  record Document(String description) implements Schema {}

  /// A schema with a name, which stands once in the description.
  record Named(String name, Members members) implements Schema {}

  /// A line of text.
  static Text text(int most) {
    return new Text(1, most, null);
  }

  /// Text that may be empty, as answers hold it.
  static Text any() {
    return new Text(0, Integer.MAX_VALUE, null);
  }

  /// An instant in UTC.
  static Text instant() {
    return new Text(1, 40, "date-time");
  }

  /// A day.
  static Text day() {
    return new Text(10, 10, "date");
  }

  static Words words(String... words) {
    return new Words(List.of(words));
  }

  /// A number of things.
  static Whole count() {
    return new Whole(0, Long.MAX_VALUE);
  }

  /// A list of an answer, which is never longer.
  static Items list(Schema each, int most) {
    return new Items(each, most);
  }

  static Member needs(String name, Schema schema) {
    return new Member(name, schema, true);
  }

  static Member may(String name, Schema schema) {
    return new Member(name, schema, false);
  }

  static Members object(Member... members) {
    return new Members(List.of(members));
  }

  static Named named(String name, Member... members) {
    return new Named(name, object(members));
  }

  /// As the description writes it where it is used.
  default Json json() {
    return switch (this) {
      case Text(var least, var most, var format) -> {
        var json = Json.object().put("type", "string");
        if (least > 0) {
          json.put("minLength", least);
        }
        if (most < Integer.MAX_VALUE) {
          json.put("maxLength", most);
        }
        yield json.put("format", format).build();
      }
      case Words(var words) ->
          Json.object().put("type", "string").put("enum", Json.texts(words)).build();
      case Whole(var least, var most) -> {
        var json = Json.object().put("type", "integer").put("format", "int64");
        json.put("minimum", least);
        yield (most < Long.MAX_VALUE ? json.put("maximum", most) : json).build();
      }
      case Flag _ -> Json.object().put("type", "boolean").build();
      case Items(var each, var most) -> {
        var json = Json.object().put("type", "array").put("items", each.json());
        yield (most < Integer.MAX_VALUE ? json.put("maxItems", most) : json).build();
      }
      case Members(var members) -> {
        var properties = Json.object();
        var required = new ArrayList<String>();
        for (var member : members) {
          properties.put(member.name(), member.schema().json());
          if (member.required()) {
            required.add(member.name());
          }
        }
        var json = Json.object().put("type", "object").put("properties", properties.build());
        if (!required.isEmpty()) {
          json.put("required", Json.texts(required));
        }
        yield json.put("additionalProperties", false).build();
      }
      case Table(var each) ->
          Json.object().put("type", "object").put("additionalProperties", each.json()).build();
      case Document(var description) ->
          Json.object().put("type", "object").put("description", description).build();
      case Named(var name, _) -> Json.object().put("$ref", "#/components/schemas/" + name).build();
    };
  }

  /// The named schemas in it, itself included, by name.
  default Map<String, Members> names() {
    var names = new TreeMap<String, Members>();
    collect(this, names);
    return names;
  }

  private static void collect(Schema schema, Map<String, Members> names) {
    switch (schema) {
      case Named(var name, var members) -> {
        var before = names.put(name, members);
        if (before != null && !before.equals(members)) {
          throw new IllegalStateException("two schemas are named " + name);
        }
        collect(members, names);
      }
      case Members(var members) -> members.forEach(member -> collect(member.schema(), names));
      case Items(var each, _) -> collect(each, names);
      case Table(var each) -> collect(each, names);
      case Text _, Words _, Whole _, Flag _, Document _ -> {}
    }
  }
}
