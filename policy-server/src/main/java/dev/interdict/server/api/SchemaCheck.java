package dev.interdict.server.api;

import dev.interdict.json.Fault;
import dev.interdict.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// Holds what a client sent against a [Schema] and names every fault, not only the first.
final class SchemaCheck {
  private final List<Fault> faults = new ArrayList<>();

  private SchemaCheck() {}

  /// What is wrong with `value`; empty if nothing is.
  static List<Fault> faults(Schema schema, Json value) {
    var check = new SchemaCheck();
    check.value(schema, value, "");
    return check.faults;
  }

  private void value(Schema schema, Json value, String at) {
    switch (schema) {
      case Schema.Text text -> text(text, value, at);
      case Schema.Words(var words) -> {
        if (!(value instanceof Json.Text(var word)) || !words.contains(word)) {
          fault(at, "has to be one of " + String.join(", ", words));
        }
      }
      case Schema.Whole(var least, var most) -> {
        if (!(value instanceof Json.Int(var number)) || number < least || number > most) {
          fault(at, "has to be a whole number from " + least + " to " + most);
        }
      }
      case Schema.Flag _ -> {
        if (!(value instanceof Json.Bool)) {
          fault(at, "has to be true or false");
        }
      }
      case Schema.Items(var each, var most) -> {
        if (!(value instanceof Json.Arr(var items)) || items.size() > most) {
          fault(at, "has to be a list" + (most < Integer.MAX_VALUE ? " of at most " + most : ""));
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
          fault(at, "has to be an object");
        }
      }
      case Schema.Document _ -> {
        if (!(value instanceof Json.Obj)) {
          fault(at, "has to be an object");
        }
      }
    }
  }

  private void text(Schema.Text schema, Json value, String at) {
    if (!(value instanceof Json.Text(var text))) {
      fault(at, "has to be a string");
      return;
    }
    if (text.length() < schema.least() || text.length() > schema.most()) {
      fault(
          at,
          text.isEmpty()
              ? "must not be empty"
              : "has to have " + schema.least() + " to " + schema.most() + " characters");
      return;
    }
    if (text.indexOf('\0') >= 0) {
      fault(at, "must not hold U+0000, which not every database stores");
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
              ? "has to be a day such as 2026-07-10"
              : "has to be an instant such as 2026-07-10T00:00:00Z");
    }
  }

  private void members(List<Schema.Member> members, Json value, String at) {
    if (!(value instanceof Json.Obj object)) {
      fault(at, "has to be an object");
      return;
    }
    for (var member : members) {
      var item = object.get(member.name());
      if (item != null) {
        value(member.schema(), item, at + "/" + member.name());
      } else if (member.required()) {
        fault(at, "\"" + member.name() + "\" is missing");
      }
    }
    var known = members.stream().map(Schema.Member::name).toList();
    for (var name : object.members().keySet()) {
      if (!known.contains(name)) {
        fault(at + "/" + name, "unknown field; known here: " + String.join(", ", known));
      }
    }
  }

  private void fault(String at, String message) {
    faults.add(new Fault(at, message));
  }
}
