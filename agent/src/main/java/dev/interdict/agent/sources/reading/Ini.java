package dev.interdict.agent.sources.reading;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Reads files of sections with `key = value` lines, as package managers and desktops write them.
/// Keys are told in lower case; a key that is there twice keeps both values, with a line break
/// between them.
public final class Ini {
  private static final int MOST = 64 << 10;

  /// One section.
  ///
  /// @param name as it stands between the brackets
  public record Section(String name, Map<String, StringBuilder> values) {
    /// The value of a key in lower case; empty where there is none.
    public String get(String key) {
      var value = values.get(key);
      return value == null ? "" : value.toString();
    }

    /// Whether a switch is off, however it is written.
    public boolean off(String key) {
      return List.of("0", "no", "false", "off").contains(get(key).toLowerCase(Locale.ROOT));
    }
  }

  private Ini() {}

  /// The sections in their order. Never fails: a line that means nothing is passed over.
  ///
  /// @param continued whether a line that begins with a blank goes on with the value above it
  public static List<Section> read(String text, boolean continued) {
    var sections = new ArrayList<Section>();
    var values = new LinkedHashMap<String, StringBuilder>();
    var key = "";
    for (var line : (Iterable<String>) text.lines()::iterator) {
      var bare = line.strip();
      if (bare.isEmpty() || bare.startsWith("#") || bare.startsWith(";")) {
        continue;
      }
      if (bare.startsWith("[") && bare.endsWith("]")) {
        values = new LinkedHashMap<>();
        sections.add(new Section(bare.substring(1, bare.length() - 1).strip(), values));
        key = "";
        continue;
      }
      var equals = bare.indexOf('=');
      if (continued && Character.isWhitespace(line.charAt(0)) && !key.isEmpty()) {
        more(values, key, bare);
      } else if (equals > 0) {
        key = bare.substring(0, equals).strip().toLowerCase(Locale.ROOT);
        more(values, key, bare.substring(equals + 1).strip());
      }
    }
    return sections;
  }

  /// Bounded, since a file may say the same key any number of times.
  private static void more(Map<String, StringBuilder> values, String key, String value) {
    var known = values.get(key);
    if (known == null) {
      values.put(key, new StringBuilder(value));
    } else if (known.length() < MOST) {
      known.append('\n').append(value);
    }
  }
}
