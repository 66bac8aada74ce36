package dev.interdict.agent.sources.node;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Executables;
import dev.interdict.agent.sources.reading.Launchers;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.identity.PackageUrl;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes items of packages that were read: with their programs, and with what starts them.
final class PackageItems {
  private static final byte[] NODE_MODULES = "node_modules".getBytes(StandardCharsets.US_ASCII);

  private final Places places;
  private final @Nullable Home owner;
  private final Launchers launchers;
  private final @Nullable String origin;

  /// @param origin of all of them; null where they are installed for use from everywhere
  PackageItems(Places places, @Nullable Home owner, Launchers launchers, @Nullable String origin) {
    this.places = places;
    this.owner = owner;
    this.launchers = launchers;
    this.origin = origin;
  }

  /// Reports one package as an item.
  void report(NodeModules.Package found) {
    try {
      var manifest = found.manifest();
      var purl = PackageUrl.npm(manifest.name());
      var version = manifest.version();
      places
          .out()
          .item(
              new Item(
                  "npm",
                  new Identity.OfPackage(version == null ? purl : purl.withVersion(version)),
                  version,
                  owner,
                  found.directory(),
                  parts(found),
                  origin));
    } catch (UnreadableException e) {
      places.out().gap(e);
    }
  }

  private List<Part> parts(NodeModules.Package found) throws UnreadableException {
    var directory = found.directory();
    var manifest = found.manifest();
    var parts = new ArrayList<Part>();
    if (installed(found)) {
      parts.add(new Part(Part.Role.MAIN, directory, found.id(), FileKind.DIRECTORY));
      for (var program : manifest.programs().values()) {
        executable(directory.resolve(program), parts);
      }
      if (manifest.platform()) {
        parts.addAll(Executables.below(places.tree(), directory));
      }
    }
    for (var name : found.names()) {
      var fact = places.tree().stat(name);
      if (fact != null && fact.kind() == FileKind.LINK) {
        parts.add(new Part(Part.Role.LAUNCHER, name, fact.id(), FileKind.LINK));
      }
      parts.addAll(launchers.into(name));
    }
    parts.addAll(launchers.into(directory));
    var paths = new ArrayList<>(found.names());
    paths.add(directory);
    for (var command : manifest.programs().keySet()) {
      parts.addAll(launchers.of(command, manifest.name(), paths));
    }
    return parts.stream().distinct().toList();
  }

  /// Whether a package manager put the folder there. What `npm link` leads to from elsewhere is
  /// somebody's work: only the links to it belong to the installation.
  private boolean installed(NodeModules.Package found) {
    var components = found.directory().relativeTo(places.within()).components();
    return found.names().isEmpty()
        || components.stream().anyMatch(name -> Arrays.equals(name, NODE_MODULES));
  }

  private void executable(BytePath file, List<Part> parts) {
    try {
      var fact = places.tree().stat(file);
      if (fact != null && fact.kind() == FileKind.REGULAR) {
        parts.add(new Part(Part.Role.EXECUTABLE, file, fact.id(), fact.kind()));
      }
    } catch (UnreadableException e) {
      places.out().gap(e);
    }
  }
}
