package dev.interdict.agent.sources.node;

import java.util.List;

/// Where the package managers of Node put packages for use from everywhere, as data.
final class NpmPlaces {

  /// One way to lay packages out.
  ///
  /// @param prefix pattern of its folder, relative to the home or the root
  /// @param modules pattern of the folder of packages, relative to the prefix
  /// @param bins folders with links that start them, relative to the prefix
  /// @param shims folders with small scripts that the manager itself generates to start them
  /// @param installed whether every folder is a package; in a cache other folders are normal
  record Layout(
      String prefix, String modules, List<String> bins, List<String> shims, boolean installed) {}

  /// What every home may hold.
  static final List<Layout> IN_HOMES =
      List.of(
          npm(".npm-global"),
          npm(".npm-packages"),
          npm(".local"),
          npm("npm"),
          npm("n"),
          npm("n/n/versions/node/*"),
          npm(".nvm/versions/node/*"),
          npm(".config/nvm/versions/node/*"),
          npm(".local/share/fnm/node-versions/*/installation"),
          npm(".fnm/node-versions/*/installation"),
          npm("Library/Application Support/fnm/node-versions/*/installation"),
          npm(".volta/tools/image/packages/*"),
          npm(".volta/tools/image/packages/@*/*"),
          npm(".volta/tools/image/node/*"),
          npm(".asdf/installs/nodejs/*"),
          npm(".nodenv/versions/*"),
          npm(".nvs/node/*/*"),
          npm(".local/share/mise/installs/node/*"),
          npm(".local/share/mise/installs/npm-*/*"),
          plain(".config/yarn/global", List.of("../../../.yarn/bin")),
          plain(".bun/install/global", List.of("../../bin")),
          cache(".bun/install/cache", ""),
          cache(".npm/_npx/*", "node_modules"),
          pnpm(".local/share/pnpm"),
          pnpm("Library/pnpm"),
          pnpm("AppData/Local/pnpm"),
          pnpmStore(".local/share/pnpm"),
          pnpmStore("Library/pnpm"),
          new Layout(".claude/local", "node_modules", List.of(""), List.of(""), true),
          plain("", List.of()),
          agentHost(".config/Code"),
          agentHost(".config/Code - Insiders"),
          agentHost(".vscode-server/data"),
          agentHost("Library/Application Support/Code"),
          agentHost("AppData/Roaming/Code"),
          new Layout("AppData/Roaming/npm", "node_modules", List.of(), List.of(""), true),
          new Layout("AppData/Roaming/nvm/*", "node_modules", List.of(), List.of(""), true),
          npm("AppData/Local/Volta/tools/image/packages/*"),
          npm("AppData/Local/Volta/tools/image/packages/@*/*"),
          plain("AppData/Local/Yarn/config/global", List.of()));

  /// What the machine itself may hold.
  static final List<Layout> ON_MACHINES =
      List.of(
          npm("usr"),
          npm("usr/local"),
          npm("opt/node"),
          npm("opt/nodejs"),
          npm("opt/homebrew"),
          npm("opt/local"),
          npm("home/linuxbrew/.linuxbrew"),
          npm("usr/local/nvm/versions/node/*"),
          npm("opt/nvm/versions/node/*"),
          npm("usr/local/n/versions/node/*"),
          new Layout("Program Files/nodejs", "node_modules", List.of(), List.of(""), true),
          new Layout("nvm4w/nodejs", "node_modules", List.of(), List.of(""), true));

  private NpmPlaces() {}

  /// A prefix of npm itself.
  static Layout npm(String prefix) {
    return new Layout(prefix, "lib/node_modules", List.of("bin"), List.of(), true);
  }

  private static Layout plain(String prefix, List<String> bins) {
    return new Layout(prefix, "node_modules", bins, List.of(), true);
  }

  private static Layout cache(String prefix, String modules) {
    return new Layout(prefix, modules, List.of(), List.of(), false);
  }

  private static Layout pnpm(String prefix) {
    var bins = List.of("", "bin");
    return new Layout(prefix, "global/*/node_modules", bins, bins, true);
  }

  /// pnpm's v11 groups, and the store beside each group that holds what its packages need.
  private static Layout pnpmStore(String prefix) {
    var bins = List.of("", "bin");
    return new Layout(prefix, "global/*/*/node_modules", bins, bins, true);
  }

  /// The agent that the editor fetches for itself, without an extension.
  private static Layout agentHost(String userData) {
    return cache(userData + "/agent-host/sdk-cache/*/*/*", "node_modules");
  }
}
