package dev.interdict.server.api;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A form's fields as the JSON that an operation takes. What cannot be read as its schema says
/// stays a text, and what the schema does not know stays in, so that the check of the body tells of
/// both; nothing that somebody typed is dropped. An empty field says nothing.
///
/// Members of objects are named with a dot (`about.note`), items of lists by their number
/// (`items.0.name`); a list of texts has one a line. A date and time without a zone is of the zone
/// that the field `_zone` names.
final class FormBody {
  private static final JsonLimits DOCUMENT =
      new JsonLimits(Operation.BODY, 16, Operation.BODY, 20_000, false);
  private static final int MOST_ITEMS = 1_000;

  private final Map<String, List<String>> fields;

  FormBody(Map<String, List<String>> fields) {
    var own = new LinkedHashMap<String, List<String>>();
    fields.forEach((name, values) -> {
      if (!name.equals("csrf")) {
        own.put(name, values);
      }
    });
    this.fields = own;
  }

  Json.Obj json(Schema schema) {
    var members = members(schema);
    var json = new LinkedHashMap<>(object(members, "").members());
    fields.forEach((name, values) -> {
      var known =
          members.stream()
              .anyMatch(each -> name.equals(each.name()) || name.startsWith(each.name() + "."));
      if (!known && !name.startsWith("_")) {
        json.put(name, new Json.Text(values.getFirst()));
      }
    });
    return new Json.Obj(json);
  }

  private static List<Schema.Member> members(Schema schema) {
    return switch (schema) {
      case Schema.Members(var members) -> members;
      case Schema.Named(_, var members) -> members.members();
      default -> List.of();
    };
  }

  private Json.Obj object(List<Schema.Member> members, String prefix) {
    var json = Json.object();
    for (var member : members) {
      json.put(member.name(), value(member.schema(), prefix + member.name()));
    }
    return json.build();
  }

  private @Nullable Json value(Schema schema, String name) {
    return switch (schema) {
      case Schema.Text(_, _, var format) -> text(name, "date-time".equals(format));
      case Schema.Words _ -> text(name, false);
      case Schema.Whole _ -> whole(name);
      case Schema.Flag _ -> flag(name);
      case Schema.Items(var each, _) -> items(each, name);
      case Schema.Members _, Schema.Named _ -> {
        var inner = object(members(schema), name + ".");
        yield inner.members().isEmpty() ? null : inner;
      }
      case Schema.Table(var each) -> table(each, name + ".");
      case Schema.Document _ -> document(name);
    };
  }

  /// As it was typed: forms send lines that end with CR and LF.
  private @Nullable String typed(String name) {
    var values = fields.get(name);
    if (values == null || values.getLast().isBlank()) {
      return null;
    }
    return values.getLast().replace("\r\n", "\n");
  }

  private @Nullable Json text(String name, boolean instant) {
    var typed = typed(name);
    if (typed == null) {
      return null;
    }
    var zone = typed("_zone");
    if (instant && zone != null) {
      try {
        var at = LocalDateTime.parse(typed).atZone(ZoneId.of(zone)).toInstant();
        return new Json.Text(at.toString());
      } catch (DateTimeException e) {
        // As it stands, it is what the check complains of, or an instant with its zone.
      }
    }
    return new Json.Text(typed);
  }

  private @Nullable Json whole(String name) {
    var typed = typed(name);
    try {
      return typed == null ? null : new Json.Int(Long.parseLong(typed.strip()));
    } catch (NumberFormatException e) {
      return new Json.Text(String.valueOf(typed));
    }
  }

  private @Nullable Json flag(String name) {
    return switch (typed(name)) {
      case null -> null;
      case "true" -> Json.Bool.TRUE;
      case "false" -> Json.Bool.FALSE;
      case String other -> new Json.Text(other);
    };
  }

  private @Nullable Json items(Schema each, String name) {
    var items = new ArrayList<Json>();
    if (each instanceof Schema.Text || each instanceof Schema.Words) {
      for (var value : fields.getOrDefault(name, List.of())) {
        value
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .forEach(line -> items.add(new Json.Text(line)));
      }
    } else {
      for (var i = 0; i < MOST_ITEMS && begins(name + "." + i); i++) {
        var item = value(each, name + "." + i);
        if (item != null) {
          items.add(item);
        }
      }
    }
    return items.isEmpty() ? null : new Json.Arr(items);
  }

  private boolean begins(String name) {
    return fields.keySet().stream()
        .anyMatch(each -> each.equals(name) || each.startsWith(name + "."));
  }

  private @Nullable Json table(Schema each, String prefix) {
    var json = Json.object();
    for (var name : fields.keySet()) {
      if (name.startsWith(prefix) && name.length() > prefix.length()) {
        json.put(name.substring(prefix.length()), value(each, name));
      }
    }
    var built = json.build();
    return built.members().isEmpty() ? null : built;
  }

  private @Nullable Json document(String name) {
    var typed = typed(name);
    try {
      return typed == null
          ? null
          : JsonReader.read(typed.getBytes(java.nio.charset.StandardCharsets.UTF_8), DOCUMENT);
    } catch (JsonException e) {
      return new Json.Text(String.valueOf(typed));
    }
  }
}
