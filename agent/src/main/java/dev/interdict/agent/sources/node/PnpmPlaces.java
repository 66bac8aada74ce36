package dev.interdict.agent.sources.node;

import static dev.interdict.agent.sources.node.Layout.of;

import dev.interdict.agent.sources.node.Layout.Folder;
import dev.interdict.agent.sources.node.Layout.Holds;
import java.util.List;
import java.util.stream.Stream;

/// Where pnpm keeps its global packages, its store, and what `pnpm dlx` ran, as data. Up to version
/// 10 all global packages share one folder, whose `.pnpm` holds them; from 11 on each group has a
/// folder, and the packages lie in the store, for all groups and projects once.
final class PnpmPlaces {
  private static final List<String> HOMES =
      List.of(
          ".local/share/pnpm",
          "Library/pnpm",
          "AppData/Local/pnpm",
          ".pnpm",
          ".pnpm-global",
          ".local/pnpm",
          ".config/pnpm");

  /// The store last: it says least of what brought a package.
  static final List<Layout> IN_HOMES =
      Stream.of(
              HOMES.stream().map(PnpmPlaces::global),
              Stream.of(".cache/pnpm", "Library/Caches/pnpm", "AppData/Local/pnpm-cache")
                  .map(cache -> Layout.runs("pnpm dlx cache", cache + "/dlx/*/*")),
              HOMES.stream().map(home -> store(home + "/store")),
              Stream.of(store(".pnpm-store")))
          .flatMap(layouts -> layouts)
          .toList();

  static final List<Layout> ON_MACHINES =
      Stream.of("pnpm", "opt/pnpm", "usr/local/share/pnpm", "usr/local/pnpm")
          .flatMap(home -> Stream.of(global(home), store(home + "/store")))
          .toList();

  private PnpmPlaces() {}

  /// What lies below one `PNPM_HOME`.
  private static Layout global(String home) {
    var bins = List.of("", "bin");
    return of("pnpm", home, folders("global/"), bins, bins).withList();
  }

  /// What lies below the folder that pnpm's setting `global-dir` names.
  static Layout globalDir() {
    return of("pnpm", "", folders(""), List.of(), List.of()).withList();
  }

  private static List<Folder> folders(String global) {
    return List.of(
        new Folder(global + "*/node_modules", Holds.INSTALLED),
        new Folder(global + "*/.pnpm/*/node_modules", Holds.STORED),
        new Folder(global + "v*/*/node_modules", Holds.INSTALLED));
  }

  /// The store: folders of scope (`@` for none), name, version and hash.
  static Layout store(String store) {
    var links = List.of(new Folder("v*/links/*/*/*/*/node_modules", Holds.STORED));
    return of("pnpm store", store, links, List.of(), List.of());
  }
}
