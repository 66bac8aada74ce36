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
  static final List<Layout> IN_HOMES =
      Stream.of(
              Stream.of(
                      ".local/share/pnpm",
                      "Library/pnpm",
                      "AppData/Local/pnpm",
                      ".pnpm",
                      ".pnpm-global",
                      ".local/pnpm",
                      ".config/pnpm")
                  .flatMap(home -> home(home).stream()),
              Stream.of(
                  dlx(".cache/pnpm"), dlx("Library/Caches/pnpm"), dlx("AppData/Local/pnpm-cache")),
              Stream.of(store(".pnpm-store"), store(".local/share/pnpm-store")))
          .flatMap(stream -> stream)
          .toList();

  static final List<Layout> ON_MACHINES =
      Stream.of("pnpm", "opt/pnpm", "usr/local/share/pnpm", "usr/local/pnpm")
          .flatMap(home -> home(home).stream())
          .toList();

  private PnpmPlaces() {}

  /// What lies below one `PNPM_HOME`.
  static List<Layout> home(String home) {
    return List.of(global(home), store(home + "/store"));
  }

  private static Layout global(String home) {
    var bins = List.of("", "bin");
    return of("pnpm", home, folders("global/"), bins, bins);
  }

  /// What lies below the folder that pnpm's setting `global-dir` names.
  static Layout globalDir() {
    return of("pnpm", "", folders(""), List.of(), List.of());
  }

  private static List<Folder> folders(String global) {
    return List.of(
        new Folder(global + "*/node_modules", Holds.INSTALLED),
        new Folder(global + "*/.pnpm/*/node_modules", Holds.STORED),
        new Folder(global + "*/*/node_modules", Holds.INSTALLED));
  }

  /// The store: folders of scope (`@` for none), name, version and hash.
  static Layout store(String store) {
    var links = List.of(new Folder("v*/links/*/*/*/*/node_modules", Holds.STORED));
    return of("pnpm store", store, links, List.of(), List.of());
  }

  private static Layout dlx(String cache) {
    return Layout.runs("pnpm dlx cache", cache + "/dlx/*/*");
  }
}
