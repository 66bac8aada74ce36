package dev.interdict.trust;

import dev.interdict.json.Json;
import java.util.LinkedHashMap;

/// Alters documents that are known to have what is altered.
final class JsonEdit {
  private JsonEdit() {}

  static Json.Obj child(Json.Obj object, String name) {
    if (object.get(name) instanceof Json.Obj child) {
      return child;
    }
    throw new IllegalArgumentException("no object " + name);
  }

  static Json.Obj with(Json.Obj object, String name, Json value) {
    var members = new LinkedHashMap<>(object.members());
    members.put(name, value);
    return new Json.Obj(members);
  }

  static Json.Obj without(Json.Obj object, String name) {
    var members = new LinkedHashMap<>(object.members());
    members.remove(name);
    return new Json.Obj(members);
  }
}
