package dev.interdict.agent.sources.linux;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a desktop file says of its application (Desktop Entry Specification 1.5).
///
/// @param fields of its main group, in their untranslated form
record DesktopEntry(Map<String, String> fields) {

  /// Never fails: a line that means nothing is passed over.
  static DesktopEntry of(String text) {
    var fields = new HashMap<String, String>();
    var inside = false;
    for (var line : text.split("\n")) {
      var stripped = line.strip();
      var equals = stripped.indexOf('=');
      if (stripped.startsWith("[")) {
        inside = stripped.equals("[Desktop Entry]");
      } else if (inside && equals > 0 && !stripped.startsWith("#")) {
        fields.putIfAbsent(
            stripped.substring(0, equals).strip(), stripped.substring(equals + 1).strip());
      }
    }
    return new DesktopEntry(fields);
  }

  @Nullable String field(String name) {
    return fields.get(name);
  }

  /// Whether it stands for an application: not for a link or a folder, and not hidden, which is how
  /// somebody takes away an entry that is not theirs to delete.
  boolean application() {
    return "Application".equals(fields.get("Type")) && !"true".equals(fields.get("Hidden"));
  }

  /// The words of the command that starts it, quotes taken off.
  List<String> command() {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    var quoted = false;
    var text = fields.getOrDefault("Exec", "");
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && i + 1 < text.length()) {
        word.append(text.charAt(++i));
      } else if (c == ' ' && !quoted) {
        words.add(word.toString());
        word.setLength(0);
      } else {
        word.append(c);
      }
    }
    words.add(word.toString());
    return words.stream().filter(each -> !each.isEmpty()).toList();
  }
}
