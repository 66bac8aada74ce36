package dev.interdict.server.api;

import dev.interdict.json.Json;
import dev.interdict.server.wording.Sentence;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// Holds what a client sent against a [Schema] and names every fault, not only the first.
final class SchemaCheck {
  private final List<Wrong> faults = new ArrayList<>();

  private SchemaCheck() {}

  /// What is wrong with `value`; empty if nothing is.
  static List<Wrong> faults(Schema schema, Json value) {
    var check = new SchemaCheck();
    check.value(schema, value, "");
    return check.faults;
  }

  private void value(Schema schema, Json value, String at) {
    switch (schema) {
      case Schema.Text text -> text(text, value, at);
      case Schema.Words(var words) -> {
        if (!(value instanceof Json.Text(var word)) || !words.contains(word)) {
          fault(at, Sentence.of("schema.word", "has to be one of %s", String.join(", ", words)));
        }
      }
      case Schema.Whole(var least, var most) -> {
        if (!(value instanceof Json.Int(var number)) || number < least || number > most) {
          fault(
              at,
              Sentence.of("schema.whole", "has to be a whole number from %s to %s", least, most));
        }
      }
      case Schema.Flag _ -> {
        if (!(value instanceof Json.Bool)) {
          fault(at, Sentence.of("schema.flag", "has to be true or false"));
        }
      }
      case Schema.Items(var each, var most) -> {
        if (!(value instanceof Json.Arr(var items)) || items.size() > most) {
          fault(
              at,
              most < Integer.MAX_VALUE
                  ? Sentence.of("schema.short-list", "has to be a list of at most %s", most)
                  : Sentence.of("schema.list", "has to be a list"));
        } else {
          for (var i = 0; i < items.size(); i++) {
            value(each, items.get(i), at + "/" + i);
          }
        }
      }
      case Schema.Members(var members) -> members(members, value, at);
      case Schema.Named(_, var members) -> value(members, value, at);
      case Schema.Table(var each) -> {
        if (value instanceof Json.Obj object) {
          object.members().forEach((name, item) -> value(each, item, at + "/" + name));
        } else {
          fault(at, Sentence.of("schema.object", "has to be an object"));
        }
      }
      case Schema.Document _ -> {
        if (!(value instanceof Json.Obj)) {
          fault(at, Sentence.of("schema.object", "has to be an object"));
        }
      }
    }
  }

  private void text(Schema.Text schema, Json value, String at) {
    if (!(value instanceof Json.Text(var text))) {
      fault(at, Sentence.of("schema.string", "has to be a string"));
      return;
    }
    if (text.length() < schema.least() || text.length() > schema.most()) {
      fault(
          at,
          text.isEmpty()
              ? Sentence.of("schema.empty", "must not be empty")
              : Sentence.of(
                  "schema.length",
                  "has to have %s to %s characters",
                  schema.least(),
                  schema.most()));
      return;
    }
    if (text.indexOf('\0') >= 0) {
      fault(
          at, Sentence.of("schema.zero", "must not hold U+0000, which not every database stores"));
      return;
    }
    try {
      if ("date-time".equals(schema.format())) {
        var _ = Instant.parse(text);
      } else if ("date".equals(schema.format())) {
        var _ = LocalDate.parse(text);
      }
    } catch (DateTimeException e) {
      fault(
          at,
          "date".equals(schema.format())
              ? Sentence.of("schema.day", "has to be a day such as 2026-07-10")
              : Sentence.of("schema.instant", "has to be an instant such as 2026-07-10T00:00:00Z"));
    }
  }

  private void members(List<Schema.Member> members, Json value, String at) {
    if (!(value instanceof Json.Obj object)) {
      fault(at, Sentence.of("schema.object", "has to be an object"));
      return;
    }
    for (var member : members) {
      var item = object.get(member.name());
      if (item != null) {
        value(member.schema(), item, at + "/" + member.name());
      } else if (member.required()) {
        fault(at, Sentence.of("schema.missing", "\"%s\" is missing", member.name()));
      }
    }
    var known = members.stream().map(Schema.Member::name).toList();
    for (var name : object.members().keySet()) {
      if (!known.contains(name)) {
        fault(
            at + "/" + name,
            Sentence.of(
                "schema.unknown", "unknown field; known here: %s", String.join(", ", known)));
      }
    }
  }

  private void fault(String at, Sentence what) {
    faults.add(new Wrong(at, what));
  }
}
