package dev.interdict.agent.sources.linux;

import dev.interdict.agent.sources.reading.Ini;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a desktop file says of its application (Desktop Entry Specification 1.5).
///
/// @param group its main group
record DesktopEntry(Ini.Section group) {

  /// Never fails: a line that means nothing is passed over.
  static DesktopEntry of(String text) {
    return new DesktopEntry(
        Ini.read(text, false).stream()
            .filter(section -> section.name().equals("Desktop Entry"))
            .findFirst()
            .orElse(new Ini.Section("", Map.of())));
  }

  /// The untranslated value of that key in lower case, the first where there are several; null
  /// where there is none.
  @Nullable String field(String name) {
    return group.get(name).lines().findFirst().orElse(null);
  }

  /// Whether it stands for an application: not for a link or a folder, and not hidden, which is how
  /// somebody takes away an entry that is not theirs to delete.
  boolean application() {
    return "Application".equals(field("type")) && !"true".equals(field("hidden"));
  }

  /// The words of the command that starts it, quotes taken off.
  List<String> command() {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    var quoted = false;
    var exec = field("exec");
    var text = exec == null ? "" : exec;
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
