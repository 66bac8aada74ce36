package dev.interdict.server.ocsf;

import dev.interdict.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Holds objects against [OcsfSchema].
final class OcsfChecker {
  private final List<String> faults = new ArrayList<>();
  private final List<Json> profiles;

  private OcsfChecker(Json.Obj event) {
    this.profiles =
        event.get("metadata") instanceof Json.Obj metadata
                && metadata.get("profiles") instanceof Json.Arr(var items)
            ? items
            : List.of();
  }

  /// What is wrong with an object; empty where nothing is.
  static List<String> faults(Json.Obj object) {
    var checker = new OcsfChecker(object);
    var uid = number(object, "class_uid");
    checker.object("", object, attributes(uid));
    var activity = number(object, "activity_id");
    if (!OcsfSchema.ACTIVITIES.getOrDefault(uid, Set.of()).contains(activity)) {
      checker.faults.add("activity " + activity + " of " + uid);
    }
    if (number(object, "type_uid") != uid * 100 + activity) {
      checker.faults.add("type_uid is class times 100 plus activity");
    }
    if (number(object, "category_uid") != uid / 1000) {
      checker.faults.add("category_uid is the thousands of the class");
    }
    return checker.faults;
  }

  /// Which attributes the class recommends that the object has not.
  static Set<String> leftOut(Json.Obj object) {
    var left = new TreeSet<String>();
    for (var attribute : attributes(number(object, "class_uid"))) {
      var name = attribute.split(" ", 2)[0];
      if (name.endsWith("+") && object.get(name.substring(0, name.length() - 1)) == null) {
        left.add(name.substring(0, name.length() - 1));
      }
    }
    return left;
  }

  private static List<String> attributes(long uid) {
    var attributes = new ArrayList<>(OcsfSchema.BASE);
    attributes.addAll(OcsfSchema.CLASSES.getOrDefault(uid, List.of("no-such-class! text")));
    return attributes;
  }

  private static long number(Json.Obj object, String name) {
    return object.get(name) instanceof Json.Int(var n) ? n : -1;
  }

  private void object(String at, Json.Obj object, List<String> attributes) {
    var known = new ArrayList<String>();
    for (var attribute : attributes) {
      var parts = attribute.split(" ", 2);
      var by = parts[0].split("@", 2);
      var name = by[0].replaceAll("[!+]$", "");
      known.add(name);
      var value = object.get(name);
      if (value != null) {
        value(at + "/" + name, value, parts[1]);
        if (by.length > 1 && !profiles.contains(new Json.Text(by[1]))) {
          faults.add(at + "/" + name + " is of a profile that is not named: " + by[1]);
        }
      } else if (by[0].endsWith("!")) {
        faults.add(at + "/" + name + " is required");
      }
    }
    for (var name : object.members().keySet()) {
      if (!known.contains(name)) {
        faults.add(at + "/" + name + " is unknown");
      }
    }
  }

  private void value(String at, Json value, String kind) {
    var right =
        switch (kind) {
          case "text" -> value instanceof Json.Text;
          case "int" -> value instanceof Json.Int;
          case "time" -> value instanceof Json.Int(var n) && n > 1_000_000_000_000L;
          case "any" -> value instanceof Json.Obj;
          default -> {
            if (kind.startsWith("[")) {
              if (!(value instanceof Json.Arr(var items))) {
                yield false;
              }
              items.forEach(item -> value(at + "[]", item, kind.substring(1, kind.length() - 1)));
              yield true;
            }
            var attributes = OcsfSchema.OBJECTS.get(kind);
            if (attributes != null) {
              if (!(value instanceof Json.Obj object)) {
                yield false;
              }
              object(at, object, attributes);
              var one = OcsfSchema.ONE_OF.getOrDefault(kind, Set.of());
              if (!one.isEmpty() && one.stream().noneMatch(name -> object.get(name) != null)) {
                faults.add(at + " has none of " + new TreeSet<>(one));
              }
              yield true;
            }
            yield value instanceof Json.Int(var n)
                && List.of(kind.split(",")).contains(Long.toString(n));
          }
        };
    if (!right) {
      faults.add(at + " is no " + kind + ": " + value);
    }
  }
}
