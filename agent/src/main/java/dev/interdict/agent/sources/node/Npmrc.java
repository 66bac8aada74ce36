package dev.interdict.agent.sources.node;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Links;
import dev.interdict.agent.sources.reading.Metadata;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The settings of an `npmrc` that move where packages for use from everywhere lie. Source: npm's
/// manual, npmrc(5), and pnpm's documentation of its settings.
final class Npmrc {
  private static final int MAX_BYTES = 256 << 10;

  /// What stands for a home. npm itself knows `~` and `${…}`; people write the third as well.
  private static final List<String> HOMES = List.of("${HOME}", "~", "$HOME");

  private Npmrc() {}

  /// A setting that names a folder.
  enum Setting {
    PREFIX("prefix", Layout.npm(null, "")),
    CACHE("cache", OtherPlaces.npx()),
    GLOBAL_DIR("global-dir", PnpmPlaces.globalDir()),
    STORE_DIR("store-dir", PnpmPlaces.store(""));

    private final String key;
    private final Layout layout;

    Setting(String key, Layout layout) {
      this.key = key;
      this.layout = layout;
    }

    String key() {
      return key;
    }

    /// How packages lie in the folder that it names.
    Layout layout() {
      return layout;
    }
  }

  /// The settings that the file makes, none where there is no file; the last of a kind counts.
  ///
  /// @throws UnreadableException if the file cannot be read
  static Map<Setting, String> read(Tree tree, BytePath file) throws UnreadableException {
    var found = new EnumMap<Setting, String>(Setting.class);
    var bytes = tree.read(file, MAX_BYTES);
    var text = bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    for (var line : text.lines().toList()) {
      var equals = line.indexOf('=');
      var key = equals < 0 ? "" : line.substring(0, equals).strip();
      for (var setting : Setting.values()) {
        if (setting.key().equals(key)) {
          found.put(setting, unquoted(line.substring(equals + 1).strip()));
        }
      }
    }
    return found;
  }

  private static String unquoted(String value) {
    var quoted =
        value.length() >= 2
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(0) == value.charAt(value.length() - 1);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  /// Whether the value means a folder in the home of whoever runs npm.
  static boolean inEachHome(String value) {
    return HOMES.stream().anyMatch(start -> value.equals(start) || value.startsWith(start + "/"));
  }

  /// The folder that a setting names.
  ///
  /// @param home what `~` and `${HOME}` mean
  /// @throws UnreadableException if only a shell or another setting could tell
  static BytePath path(BytePath file, Setting setting, String value, BytePath home)
      throws UnreadableException {
    var base = value.startsWith("/") ? BytePath.ROOT : null;
    var rest = value;
    for (var start : HOMES) {
      if (value.equals(start) || value.startsWith(start + "/")) {
        base = home;
        rest = value.substring(start.length());
      }
    }
    var path =
        base == null ? null : Links.lexical(base, relative(rest).getBytes(StandardCharsets.UTF_8));
    if (path == null || rest.contains("${")) {
      throw Metadata.malformed(
          file, "sets npm's " + setting.key() + " in a way that only npm could tell");
    }
    return path;
  }

  private static String relative(String path) {
    return path.startsWith("/") ? path.substring(1) : path;
  }
}
