package dev.interdict.agent.sources.node;

import static dev.interdict.agent.sources.node.Layout.cache;
import static dev.interdict.agent.sources.node.Layout.installed;
import static dev.interdict.agent.sources.node.Layout.of;
import static dev.interdict.agent.sources.node.Layout.runs;

import dev.interdict.agent.sources.node.Layout.Folder;
import dev.interdict.agent.sources.node.Layout.Holds;
import java.util.List;

/// Where Yarn, Bun and Deno put packages for use from everywhere, and the caches from which
/// packages run without being installed, as data.
final class OtherPlaces {
  private static final String NPX = "npx cache";

  static final List<Layout> IN_HOMES =
      List.of(
          yarn(".config/yarn/global", "../../../.yarn/bin"),
          yarn(".local/share/yarn/global", "../../../../.yarn/bin"),
          yarn("AppData/Local/Yarn/Data/global", "../../bin"),
          yarn("AppData/Local/Yarn/config/global", "../../bin"),
          of("Bun", ".bun/install/global", installed("node_modules"), bun(), List.of()).withList(),
          deno());

  static final List<Layout> CACHES_IN_HOMES =
      List.of(
          runs(NPX, ".npm/_npx/*"),
          runs(NPX, "AppData/Local/npm-cache/_npx/*"),
          runs(NPX, "AppData/Roaming/npm-cache/_npx/*"),
          cache("Bun cache", ".bun/install/cache", Holds.CACHED),
          runs("bunx cache", ".bun/install/cache/.bunx-*/*"),
          runs("bunx cache", ".bun/install/cache/.bunx-*/@*/*"),
          cache("Yarn cache", ".cache/yarn/v*/*/node_modules", Holds.CACHED),
          cache("Yarn cache", "Library/Caches/Yarn/v*/*/node_modules", Holds.CACHED),
          cache("Yarn cache", "AppData/Local/Yarn/Cache/v*/*/node_modules", Holds.CACHED),
          cache("Yarn cache", ".yarn/berry/cache", Holds.ZIPPED),
          cache("Yarn cache", ".local/share/yarn/berry/cache", Holds.ZIPPED),
          cache("Yarn cache", "AppData/Local/Yarn/Berry/cache", Holds.ZIPPED),
          cache("Deno cache", ".cache/deno/npm/*/*", Holds.CACHED),
          cache("Deno cache", ".cache/deno/npm/*/@*/*", Holds.CACHED),
          cache("Deno cache", "Library/Caches/deno/npm/*/*", Holds.CACHED),
          cache("Deno cache", "Library/Caches/deno/npm/*/@*/*", Holds.CACHED),
          cache("Deno cache", "AppData/Local/deno/npm/*/*", Holds.CACHED),
          cache("Deno cache", "AppData/Local/deno/npm/*/@*/*", Holds.CACHED),
          agentHost(".config/Code"),
          agentHost(".config/Code - Insiders"),
          agentHost(".vscode-server/data"),
          agentHost(".vscode-server-insiders/data"),
          agentHost("Library/Application Support/Code"),
          agentHost("Library/Application Support/Code - Insiders"),
          agentHost("AppData/Roaming/Code"),
          agentHost("AppData/Roaming/Code - Insiders"));

  /// Yarn run by root has its folders here, and Bun before 1.3 ran packages from the folder for
  /// temporary files.
  static final List<Layout> ON_MACHINES =
      List.of(
          yarn("usr/local/share/.config/yarn/global", "../../../../bin"),
          cache("Yarn cache", "usr/local/share/.cache/yarn/v*/*/node_modules", Holds.CACHED),
          runs("bunx cache", "tmp/bunx-*"),
          runs("bunx cache", "tmp/bunx-*/*"));

  private OtherPlaces() {}

  /// What npx ran, below a folder that is npm's cache.
  static Layout npx() {
    return runs(NPX, "_npx/*");
  }

  /// Yarn's starters lead to those in the folder of packages, which lead to the packages.
  private static Layout yarn(String prefix, String bin) {
    return of(
            "Yarn",
            prefix,
            installed("node_modules"),
            List.of(bin, "node_modules/.bin"),
            List.of(bin, "node_modules/.bin"))
        .withList();
  }

  private static List<String> bun() {
    return List.of("../../bin", "node_modules/.bin");
  }

  /// Deno gives each program a folder beside its starter, and older ones run it from the cache.
  private static Layout deno() {
    return of(
        "Deno",
        "",
        List.of(new Folder(".deno/bin/.*/node_modules", Holds.CACHED)),
        List.of(),
        List.of(".deno/bin"));
  }

  /// The agent that the editor fetches for itself, without an extension.
  private static Layout agentHost(String userData) {
    return runs("inside the editor", userData + "/agent-host/sdk-cache/*/*/*");
  }
}
