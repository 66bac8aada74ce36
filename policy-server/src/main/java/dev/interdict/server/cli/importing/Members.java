package dev.interdict.server.cli.importing;

import dev.interdict.json.Json;
import org.jspecify.annotations.Nullable;

/// Members of foreign objects, which may be of any kind.
final class Members {
  private Members() {}

  /// A text without space around it; empty where there is none, or something else.
  static String text(@Nullable Json json, String name) {
    return json instanceof Json.Obj object && object.get(name) instanceof Json.Text(var text)
        ? text.strip()
        : "";
  }

  /// Whether a flag is set, as JSON or as XML has it.
  static boolean flag(@Nullable Json json, String name) {
    return json instanceof Json.Obj object
        && (object.get(name) == Json.Bool.TRUE || text(json, name).equalsIgnoreCase("true"));
  }

  static @Nullable Json member(@Nullable Json json, String name) {
    return json instanceof Json.Obj object ? object.get(name) : null;
  }
}
