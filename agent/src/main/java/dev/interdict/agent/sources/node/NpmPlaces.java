package dev.interdict.agent.sources.node;

import static dev.interdict.agent.sources.node.Layout.installed;
import static dev.interdict.agent.sources.node.Layout.node;
import static dev.interdict.agent.sources.node.Layout.npm;
import static dev.interdict.agent.sources.node.Layout.npmOfWindows;
import static dev.interdict.agent.sources.node.Layout.of;

import java.util.List;
import java.util.stream.Stream;

/// Where the package managers of Node and the managers of Node itself put packages for use from
/// everywhere, as data. Sources: each one's own documentation of its folders.
final class NpmPlaces {

  /// npm's own prefixes that guides tell people to use, below a home.
  private static final List<Layout> PREFIXES_IN_HOMES =
      List.of(
          npm(null, ".npm-global"),
          npm(null, ".npm-packages"),
          npm(null, ".local"),
          npm(null, ".node"),
          npm(null, "npm"),
          npm("n", "n"),
          npm("n", ".n"),
          npm("Node archive", ".local/node*"),
          npm("Node archive", ".local/share/node*"),
          npm("Node archive", ".local/opt/node*"),
          npm("conda environment", ".conda/envs/*"),
          npmOfWindows(null, "AppData/Roaming/npm"),
          ProjectModules.layout("home folder"),
          of(
              "legacy local installation",
              ".claude/local",
              installed("node_modules"),
              List.of("", "node_modules/.bin"),
              List.of("")));

  /// The managers of Node's versions, below a home.
  private static final List<Layout> VERSIONS_IN_HOMES =
      List.of(
          node("nvm", ".nvm/versions/node/*"),
          node("nvm", ".config/nvm/versions/node/*"),
          node("nvm", ".local/share/nvm/versions/node/*"),
          node("nvm for Windows", "AppData/Roaming/nvm/*"),
          node("nvm for Windows", "AppData/Local/nvm/*"),
          node("fnm", ".local/share/fnm/node-versions/*/installation"),
          node("fnm", ".fnm/node-versions/*/installation"),
          node("fnm", "Library/Application Support/fnm/node-versions/*/installation"),
          node("fnm", "AppData/Roaming/fnm/node-versions/*/installation"),
          node("Volta", ".volta/tools/image/node/*"),
          node("Volta", "AppData/Local/Volta/tools/image/node/*"),
          volta(".volta", "*"),
          volta(".volta", "@*/*"),
          volta("AppData/Local/Volta", "*"),
          volta("AppData/Local/Volta", "@*/*"),
          node("asdf", ".asdf/installs/nodejs/*"),
          node("asdf", ".local/share/asdf/installs/nodejs/*"),
          node("nodenv", ".nodenv/versions/*"),
          node("nodenv", ".anyenv/envs/nodenv/versions/*"),
          node("nvs", ".nvs/node/*/*"),
          node("nvs", ".local/share/nvs/node/*/*"),
          node("nvs", "AppData/Local/nvs/node/*/*"),
          node("n", "n/n/versions/node/*"),
          node("n", ".n/n/versions/node/*"),
          node("mise", ".local/share/mise/installs/node/*"),
          node("mise", "AppData/Local/mise/installs/node/*"),
          node("rtx", ".local/share/rtx/installs/node/*"),
          npm("mise npm backend", ".local/share/mise/installs/npm-*/*"),
          npmOfWindows("mise npm backend", "AppData/Local/mise/installs/npm-*/*"),
          pnpmOfMise(".local/share/mise/installs/npm-*/*"),
          node("proto", ".proto/tools/node/*"),
          node("nodebrew", ".nodebrew/node/*"),
          node("vfox", ".version-fox/cache/nodejs/*/*"),
          node("Scoop", "scoop/apps/nodejs*/*"),
          npmOfWindows("Scoop", "scoop/persist/nodejs*/bin"));

  /// What every home may hold.
  static final List<Layout> IN_HOMES =
      Stream.of(
              PREFIXES_IN_HOMES,
              VERSIONS_IN_HOMES,
              PnpmPlaces.IN_HOMES,
              OtherPlaces.IN_HOMES,
              OtherPlaces.CACHES_IN_HOMES)
          .flatMap(List::stream)
          .toList();

  /// What the machine itself may hold.
  static final List<Layout> ON_MACHINES =
      Stream.of(
              List.of(
                  npm(null, "usr"),
                  npm(null, "usr/local"),
                  npm(null, "opt/homebrew"),
                  npm(null, "opt/local"),
                  npm(null, "home/linuxbrew/.linuxbrew"),
                  npm("Termux", "data/data/com.termux/files/usr"),
                  npm("Node archive", "opt/node*"),
                  npm("Node archive", "usr/local/node*"),
                  npm("Node archive", "usr/local/lib/nodejs/*"),
                  node("nvm", "usr/local/nvm/versions/node/*"),
                  node("nvm", "opt/nvm/versions/node/*"),
                  node("n", "usr/local/n/versions/node/*"),
                  node("fnm", "opt/fnm/node-versions/*/installation"),
                  node("asdf", "opt/asdf*/installs/nodejs/*"),
                  node("nodenv", "opt/nodenv/versions/*"),
                  node("nodenv", "usr/local/nodenv/versions/*"),
                  node("mise", "usr/local/share/mise/installs/node/*"),
                  npm("mise npm backend", "usr/local/share/mise/installs/npm-*/*"),
                  npmOfWindows(null, "Program Files/nodejs"),
                  npmOfWindows("nvm for Windows", "nvm4w/nodejs"),
                  node("nvm for Windows", "ProgramData/nvm/*")),
              PnpmPlaces.ON_MACHINES,
              OtherPlaces.ON_MACHINES)
          .flatMap(List::stream)
          .toList();

  private NpmPlaces() {}

  /// Volta gives every package that it installs a prefix of its own.
  private static Layout volta(String home, String name) {
    return of(
        "Volta",
        home + "/tools/image/packages/" + name,
        List.of(
            new Layout.Folder("lib/node_modules", Layout.Holds.CACHED),
            new Layout.Folder("node_modules", Layout.Holds.CACHED)),
        List.of("bin"),
        List.of(""));
  }

  /// mise may be told to install with pnpm or bun, which leave another layout in its folder.
  private static Layout pnpmOfMise(String prefix) {
    return of(
        "mise npm backend",
        prefix,
        List.of(
            new Layout.Folder("*/node_modules", Layout.Holds.CACHED),
            new Layout.Folder("global/*/node_modules", Layout.Holds.CACHED),
            new Layout.Folder("install/global/node_modules", Layout.Holds.CACHED)),
        List.of("bin"),
        List.of("", "bin"));
  }
}
