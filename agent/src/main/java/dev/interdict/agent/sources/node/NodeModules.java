package dev.interdict.agent.sources.node;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Links;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Places;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads folders of packages: every package in them, the packages nested one level deeper in each,
/// and the remains that a failed upgrade leaves beside them. A folder that several names lead to is
/// one package with several names.
final class NodeModules {

  /// One package.
  ///
  /// @param directory its link-free folder
  /// @param names other paths that lead to it by a link
  record Package(BytePath directory, FileId id, PackageManifest manifest, List<BytePath> names) {}

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
  /// @param installed whether a folder without a manifest is worth a gap
  void read(BytePath modules, boolean installed) {
    read(modules, installed, true);
  }

  private void read(BytePath modules, boolean installed, boolean nested) {
    for (var entry : places.list(modules)) {
      if (entry.kind() != FileKind.DIRECTORY && entry.kind() != FileKind.LINK) {
        continue;
      }
      var path = modules.resolve(entry.name());
      if (entry.name()[0] == '@') {
        for (var scope : places.at(path)) {
          scope(scope, installed, nested);
        }
      } else {
        open(path, entry.kind(), installed, nested);
      }
    }
  }

  private void scope(BytePath scope, boolean installed, boolean nested) {
    for (var entry : places.list(scope)) {
      if (entry.kind() == FileKind.DIRECTORY || entry.kind() == FileKind.LINK) {
        open(scope.resolve(entry.name()), entry.kind(), installed, nested);
      }
    }
  }

  private void open(BytePath path, FileKind kind, boolean installed, boolean nested) {
    try {
      if (kind == FileKind.LINK) {
        var real = Links.real(places.tree(), places.within(), path);
        if (real != null) {
          inspect(real, path, false, nested);
        }
      } else {
        inspect(path, path, installed, nested);
      }
    } catch (UnreadableException e) {
      places.out().gap(e);
    }
  }

  private void inspect(BytePath directory, BytePath name, boolean installed, boolean nested)
      throws UnreadableException {
    var fact = places.tree().stat(directory);
    if (fact == null || fact.kind() != FileKind.DIRECTORY) {
      return;
    }
    var known = packages.get(fact.id());
    if (known == null) {
      var manifest = PackageManifest.read(places.tree(), directory);
      if (manifest == null) {
        // A folder without its manifest may still hold the program and be started by its link.
        if (installed && directory.name()[0] != '.' && !places.tree().list(directory).isEmpty()) {
          places.out().gap(Metadata.malformed(directory, "is a package without a package.json"));
        }
        return;
      }
      known = new Package(directory, fact.id(), manifest, new ArrayList<>());
      packages.put(fact.id(), known);
      if (nested) {
        for (var deeper : places.at(directory.resolve("node_modules"))) {
          read(deeper, false, false);
        }
      }
    }
    if (!name.equals(known.directory())) {
      known.names().add(name);
    }
  }
}
