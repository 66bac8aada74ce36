package dev.interdict.agent.sources.use;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Takes the models out of Codex's `config.toml`: `model` and `review_model` at the top and in
/// `[profiles.…]`. Reads TOML 1.0 line by line, which is enough for keys with a one-line string;
/// text between triple quotes is left out, dotted and inline tables are not seen.
final class CodexSettings {
  private static final Set<String> KEYS = Set.of("model", "review_model");

  private CodexSettings() {}

  static List<String> models(String toml) {
    var models = new ArrayList<String>();
    var counts = true;
    var until = "";
    for (var line : (Iterable<String>) toml.lines().map(String::strip)::iterator) {
      if (!until.isEmpty()) {
        until = line.contains(until) ? "" : until;
      } else if (line.startsWith("[")) {
        counts = line.startsWith("[profiles.");
      } else {
        var equals = line.indexOf('=');
        var value = equals < 0 ? "" : line.substring(equals + 1).strip();
        until = opened(value);
        if (counts && until.isEmpty() && equals > 0 && KEYS.contains(key(line, equals))) {
          string(value, models);
        }
      }
    }
    return models;
  }

  private static String key(String line, int equals) {
    var key = line.substring(0, equals).strip();
    return key.length() > 2 && key.startsWith("\"") && key.endsWith("\"")
        ? key.substring(1, key.length() - 1)
        : key;
  }

  /// The triple quotes that a value leaves open.
  private static String opened(String value) {
    for (var quotes : List.of("\"\"\"", "'''")) {
      if (value.startsWith(quotes) && value.indexOf(quotes, 3) < 0) {
        return quotes;
      }
    }
    return "";
  }

  private static void string(String value, List<String> models) {
    if (value.length() > 1 && (value.charAt(0) == '"' || value.charAt(0) == '\'')) {
      var end = value.indexOf(value.charAt(0), 1);
      if (end > 0) {
        models.add(value.substring(1, end));
      }
    }
  }
}
