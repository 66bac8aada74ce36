package dev.interdict.agent.sources.node;

import dev.interdict.agent.inventory.BytePath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One way to lay packages out, as data.
///
/// @param origin what brought them there; null for npm's own global installation
/// @param perNode whether each prefix belongs to one version of Node
/// @param prefix pattern of the place, relative to the home or the root
/// @param folders where packages lie, relative to the prefix
/// @param bins folders with links that start them, relative to the prefix; `..` climbs
/// @param listed whether a `package.json` beside a folder of packages is the manager's own list of
///   what it keeps installed there
/// @param run whether a prefix is what one run left, for the packages that its `package.json` names
/// @param scripts folders with small scripts that the manager itself generates to start them
record Layout(
    @Nullable String origin,
    boolean perNode,
    String prefix,
    List<Folder> folders,
    List<String> bins,
    List<String> scripts,
    boolean listed,
    boolean run) {

  /// What a folder of packages holds.
  enum Holds {
    /// Packages and links to packages: a folder that is none is damaged.
    INSTALLED,
    /// Packages and links to packages among other things.
    CACHED,
    /// Packages beside links to what they need, which lies in the same store.
    STORED,
    /// Archives of one package each, as newer Yarns keep them.
    ZIPPED
  }

  /// Folders of packages.
  ///
  /// @param pattern relative to the prefix
  record Folder(String pattern, Holds holds) {}

  /// A prefix of npm: its global packages, as on every system but Windows.
  static Layout npm(@Nullable String origin, String prefix) {
    return of(origin, prefix, installed("lib/node_modules"), List.of("bin"), List.of());
  }

  /// The same on Windows, where packages and starters lie in the prefix itself.
  static Layout npmOfWindows(@Nullable String origin, String prefix) {
    return of(origin, prefix, installed("node_modules"), List.of(), List.of(""));
  }

  /// The prefix of one version of Node, on any system.
  static Layout node(String origin, String prefix) {
    return new Layout(
        origin,
        true,
        prefix,
        List.of(
            new Folder("lib/node_modules", Holds.INSTALLED),
            new Folder("node_modules", Holds.INSTALLED)),
        List.of("bin"),
        List.of(""),
        false,
        false);
  }

  /// Something that runs packages without installing them.
  static Layout cache(String origin, String prefix, Holds holds) {
    return of(origin, prefix, List.of(new Folder("", holds)), List.of(), List.of());
  }

  /// A folder in which each run or project has its `node_modules`.
  static Layout runs(String origin, String prefix) {
    var scripts = List.of("node_modules/.bin");
    // pnpm keeps a link to the last run beside the runs.
    var bins = List.of("node_modules/.bin", "..");
    var folders = List.of(new Folder("node_modules", Holds.CACHED));
    return new Layout(origin, false, prefix, folders, bins, scripts, false, true);
  }

  static Layout of(
      @Nullable String origin,
      String prefix,
      List<Folder> folders,
      List<String> bins,
      List<String> scripts) {
    return new Layout(origin, false, prefix, folders, bins, scripts, false, false);
  }

  /// The same with a `package.json` that lists what is installed: whatever is added later, the
  /// manager installs all that it lists.
  Layout withList() {
    return new Layout(origin, perNode, prefix, folders, bins, scripts, true, run);
  }

  static List<Folder> installed(String pattern) {
    return List.of(new Folder(pattern, Holds.INSTALLED));
  }

  /// What brought the packages of a prefix of this layout: with the version of Node it belongs to,
  /// if its path tells one.
  @Nullable String originAt(BytePath found) {
    if (perNode) {
      for (var at = found; at.depth() > 0; at = at.parent()) {
        var version = at.nameText().startsWith("v") ? at.nameText().substring(1) : at.nameText();
        if (isVersion(version)) {
          return origin + ", Node " + version;
        }
      }
    }
    return origin;
  }

  private static boolean isVersion(String text) {
    return !text.isEmpty()
        && text.length() <= 16
        && Character.isDigit(text.charAt(0))
        && text.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.');
  }

  /// The path that a relative one of this layout means.
  static BytePath beside(BytePath prefix, String relative) {
    var path = prefix;
    for (var component : relative.isEmpty() ? new String[0] : relative.split("/")) {
      path = component.equals("..") ? path.parent() : path.resolve(component);
    }
    return path;
  }
}
