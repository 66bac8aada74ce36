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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes items of packages that were read: with their programs, and with what starts them.
final class PackageItems {
  private static final byte[] NODE_MODULES = "node_modules".getBytes(StandardCharsets.US_ASCII);

  /// Other people's programs that many packages carry along. pnpm makes equal files of all packages
  /// one file, so that this one file running says nothing of the package.
  private static final Set<String> HELPERS = Set.of("rg", "rg.exe", "fd", "fd.exe", "bwrap");

  /// Where a package for all systems keeps the programs that its script starts.
  private static final List<String> CARRIED = List.of("bin", "vendor");

  private final Places places;
  private final @Nullable Home owner;
  private final Launchers launchers;
  private final VoltaShims volta;
  private final OwnLists lists;

  PackageItems(
      Places places, @Nullable Home owner, Launchers launchers, VoltaShims volta, OwnLists lists) {
    this.places = places;
    this.owner = owner;
    this.launchers = launchers;
    this.volta = volta;
    this.lists = lists;
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
                      found.origin())
                  .withAmendments(lists.amendments(found)));
    } catch (UnreadableException e) {
      places.out().gap(e);
    }
  }

  private List<Part> parts(NodeModules.Package found) throws UnreadableException {
    if (found.kind() != FileKind.DIRECTORY) {
      return List.of(new Part(Part.Role.MAIN, found.directory(), found.id(), found.kind()));
    }
    var parts = new ArrayList<Part>();
    if (installed(found)) {
      parts.add(new Part(Part.Role.MAIN, found.directory(), found.id(), FileKind.DIRECTORY));
      programs(found, parts);
      for (var run : lists.runOf(found)) {
        parts.add(run);
        parts.addAll(launchers.into(run.path()));
      }
    }
    starters(found, parts);
    return parts.stream().distinct().toList();
  }

  /// Whether a package manager put the folder there. What `npm link`, or a link in place of a whole
  /// folder of packages, leads to from elsewhere is somebody's work: only links to it belong to the
  /// installation.
  private boolean installed(NodeModules.Package found) {
    var components = found.directory().relativeTo(places.within()).components();
    return found.names().isEmpty() && !found.elsewhere()
        || components.stream().anyMatch(name -> Arrays.equals(name, NODE_MODULES));
  }

  private void programs(NodeModules.Package found, List<Part> parts) throws UnreadableException {
    var directory = found.directory();
    var manifest = found.manifest();
    for (var program : manifest.programs().values()) {
      executable(directory.resolve(program), parts);
    }
    if (manifest.platform()) {
      carried(directory, parts);
    } else if (!manifest.programs().isEmpty()) {
      for (var folder : CARRIED) {
        for (var real : places.in(directory, folder)) {
          carried(real, parts);
        }
      }
    }
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

  private void carried(BytePath directory, List<Part> parts) throws UnreadableException {
    Executables.below(places.tree(), directory).stream()
        .filter(part -> !HELPERS.contains(part.path().nameText()))
        // Some packages mark all their files executable.
        .filter(part -> !part.path().nameText().endsWith(".json"))
        .forEach(parts::add);
  }

  private void starters(NodeModules.Package found, List<Part> parts) throws UnreadableException {
    var directory = found.directory();
    var manifest = found.manifest();
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
    var specifier = "npm:" + manifest.name() + "@" + manifest.version();
    for (var command : manifest.programs().keySet()) {
      parts.addAll(launchers.of(command, specifier, paths));
      parts.addAll(volta.of(command, found));
    }
  }
}
