package dev.interdict.agent.sources.node;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.sources.node.Layout.Holds;
import dev.interdict.agent.sources.reading.Links;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Places;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads folders of packages: every package in them, those that a package or a hidden store in the
/// folder holds for itself, and the remains that a failed upgrade leaves beside them. A folder that
/// several names lead to is one package with several names.
final class NodeModules {
  /// Of packages within packages. Real trees end after four or five; what is deeper is a gap.
  private static final int MAX_NESTED = 12;

  /// In which pnpm, Deno, Bun and npm or Yarn keep the packages that the folder links to.
  private static final Set<String> STORES = Set.of(".pnpm", ".deno", ".bun", ".store");

  private static final String REMAINS = "left by a failed upgrade";

  /// One package.
  ///
  /// @param directory its link-free folder, or the archive that holds it
  /// @param kind a folder or, for an archive, a file
  /// @param names other paths that lead to it by a link
  /// @param elsewhere whether a link of the folder of packages or of a scope leads to where it lies
  record Package(
      BytePath directory,
      FileId id,
      FileKind kind,
      PackageManifest manifest,
      List<BytePath> names,
      boolean elsewhere,
      @Nullable String origin) {}

  private final Places places;
  private final Map<FileId, Package> packages = new LinkedHashMap<>();

  NodeModules(Places places) {
    this.places = places;
  }

  /// The packages that were read so far, in the order in which they were met.
  List<Package> packages() {
    return List.copyOf(packages.values());
  }

  /// Reads one folder of packages.
  ///
  /// @param elsewhere whether a link of that name leads to the folder
  /// @param origin what brought them there
  void read(BytePath folder, Holds holds, boolean elsewhere, @Nullable String origin) {
    if (holds == Holds.ZIPPED) {
      archives(folder, origin);
    } else {
      new Reading(holds, origin, elsewhere, 0).folder(folder);
    }
  }

  private void archives(BytePath folder, @Nullable String origin) {
    for (var entry : places.list(folder)) {
      var file = folder.resolve(entry.name());
      if (entry.kind() == FileKind.REGULAR && file.nameText().endsWith(".zip")) {
        try {
          var fact = places.tree().stat(file);
          var manifest = fact == null ? null : YarnArchive.manifest(places.tree(), file);
          if (fact != null && manifest != null) {
            packages.putIfAbsent(
                fact.id(),
                new Package(file, fact.id(), fact.kind(), manifest, List.of(), false, origin));
          }
        } catch (UnreadableException e) {
          places.out().gap(e);
        }
      }
    }
  }

  /// One folder of packages with those below it.
  private final class Reading {
    private final Holds holds;
    private final @Nullable String origin;
    private final boolean elsewhere;
    private final int depth;

    Reading(Holds holds, @Nullable String origin, boolean elsewhere, int depth) {
      this.holds = holds;
      this.origin = origin;
      this.elsewhere = elsewhere;
      this.depth = depth;
    }

    void folder(BytePath modules) {
      for (var entry : places.list(modules)) {
        if (!wanted(entry.kind())) {
          continue;
        }
        var path = modules.resolve(entry.name());
        if (entry.name()[0] == '@') {
          if (entry.kind() == FileKind.LINK) {
            places.at(path).forEach(new Reading(holds, origin, true, depth)::scope);
          } else {
            scope(path);
          }
        } else if (STORES.contains(new String(entry.name(), StandardCharsets.UTF_8))) {
          store(path);
        } else {
          open(path, entry.kind());
        }
      }
    }

    private boolean wanted(FileKind kind) {
      return kind == FileKind.DIRECTORY || kind == FileKind.LINK && holds != Holds.STORED;
    }

    private void scope(BytePath scope) {
      for (var entry : places.list(scope)) {
        if (wanted(entry.kind())) {
          open(scope.resolve(entry.name()), entry.kind());
        }
      }
    }

    private void store(BytePath store) {
      var stored = new Reading(Holds.STORED, origin, elsewhere, depth);
      for (var entry : places.list(store)) {
        var path = store.resolve(entry.name());
        // The one that links to all of them from one place.
        if (entry.kind() == FileKind.DIRECTORY && !path.nameText().equals("node_modules")) {
          places.in(path, "node_modules").forEach(stored::folder);
          stored.open(path.resolve("package"), FileKind.DIRECTORY);
        }
      }
    }

    private void open(BytePath path, FileKind kind) {
      try {
        if (kind == FileKind.LINK) {
          var real = Links.real(places.tree(), places.within(), path);
          if (real != null) {
            inspect(real, path);
          }
        } else {
          inspect(path, path);
        }
      } catch (UnreadableException e) {
        places.out().gap(e);
      }
    }

    private void inspect(BytePath directory, BytePath name) throws UnreadableException {
      var fact = places.tree().stat(directory);
      if (fact == null || fact.kind() != FileKind.DIRECTORY) {
        return;
      }
      var linked = !name.equals(directory);
      var known = packages.get(fact.id());
      if (known == null) {
        var manifest = PackageManifest.read(places.tree(), directory);
        if (manifest == null) {
          // A folder without its manifest may still hold the program and be started by its link.
          if (holds == Holds.INSTALLED
              && !linked
              && directory.name()[0] != '.'
              && !places.tree().list(directory).isEmpty()) {
            places.out().gap(Metadata.malformed(directory, "is a package without a package.json"));
          }
          return;
        }
        var from = directory.name()[0] == '.' ? REMAINS : origin;
        known =
            new Package(
                directory, fact.id(), fact.kind(), manifest, new ArrayList<>(), elsewhere, from);
        packages.put(fact.id(), known);
        nested(directory);
      }
      if (linked && !known.names().contains(name)) {
        known.names().add(name);
      }
    }

    private void nested(BytePath directory) {
      for (var deeper : places.in(directory, "node_modules")) {
        if (depth == MAX_NESTED) {
          places
              .out()
              .gap(
                  new UnreadableException(
                      Reason.BUDGET,
                      deeper,
                      "packages within packages are read " + MAX_NESTED + " levels deep"));
        } else {
          // What a package holds for itself is no place of its own that could be damaged.
          var below = holds == Holds.INSTALLED ? Holds.CACHED : holds;
          new Reading(below, origin, elsewhere, depth + 1).folder(deeper);
        }
      }
    }
  }
}
