package dev.interdict.agent.sources.programs;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileFact;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Executables;
import dev.interdict.agent.sources.reading.Launchers;
import dev.interdict.agent.sources.reading.Links;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Places;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Self-contained programs that an installer script or another program puts into a home, one file
/// or folder for each version, without a record of any package manager.
///
/// Does not see: programs in folders that nobody has listed here, and homes whose data folder was
/// moved by an environment variable.
public final class ProgramSource implements Source {
  @Override
  public String name() {
    return "program";
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    var places = new Places(home.tree(), home.home().path(), out);
    for (var product : Product.ALL) {
      var folders = new ArrayList<BytePath>();
      product.folders().forEach(folder -> folders.addAll(places.find(places.within(), folder)));
      if (!folders.isEmpty()) {
        new Look(home.home(), product, places, folders).all();
      }
    }
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    // These installers put nothing outside of a home.
  }

  /// One product in one home.
  private static final class Look {
    private final Home home;
    private final Product product;
    private final Places places;
    private final List<BytePath> folders;
    private final Launchers launchers;

    Look(Home home, Product product, Places places, List<BytePath> folders) {
      this.home = home;
      this.product = product;
      this.places = places;
      this.folders = folders;
      this.launchers = new Launchers(places);
    }

    void all() {
      for (var bin : product.bins()) {
        places.find(places.within(), bin).forEach(launchers::links);
      }
      var link = currentLink();
      if (link != null) {
        places.find(link.parent(), "").forEach(launchers::links);
      }
      for (var folder : folders) {
        for (var entry : places.list(folder)) {
          var path = folder.resolve(entry.name());
          var counts = product.names().stream().anyMatch(n -> Places.matches(n, entry.name()));
          if (counts && !folders.contains(path)) {
            try {
              one(path);
            } catch (UnreadableException e) {
              places.out().gap(e);
            }
          }
        }
      }
    }

    private @Nullable BytePath currentLink() {
      var current = product.current();
      return current == null ? null : places.within().resolve(current);
    }

    private void one(BytePath path) throws UnreadableException {
      var fact = places.tree().stat(path);
      var parts = fact == null ? List.<Part>of() : parts(path, fact);
      if (parts.isEmpty()) {
        return;
      }
      var all = new ArrayList<>(parts);
      all.addAll(launchers.into(path));
      var current = currentLink();
      var used = current == null ? null : Links.real(places.tree(), places.within(), current);
      if (current != null && used != null && used.equals(path)) {
        all.addAll(launchers.into(current));
      }
      var version = product.kind() == Product.Kind.VERSIONS ? version(path.nameText()) : null;
      var identity = new Identity.OfProgram(product.place());
      // What bears no version's name there may be somebody's own copy of more than the program.
      var taken =
          product.kind() == Product.Kind.VERSIONS && version == null
              ? List.<Part>of()
              : all.stream().distinct().toList();
      places.out().item(new Item("program", identity, version, home, path, taken));
    }

    private List<Part> parts(BytePath path, FileFact fact) throws UnreadableException {
      var tree = places.tree();
      var main = new Part(Part.Role.MAIN, path, fact.id(), fact.kind());
      if (product.kind() == Product.Kind.NATIVE) {
        return fact.kind() == FileKind.REGULAR && ProgramFormat.of(tree, path) != null
            ? List.of(main, new Part(Part.Role.EXECUTABLE, path, fact.id(), fact.kind()))
            : List.of();
      }
      if (fact.executable()) {
        return List.of(main, new Part(Part.Role.EXECUTABLE, path, fact.id(), fact.kind()));
      }
      if (fact.kind() != FileKind.DIRECTORY) {
        return List.of();
      }
      var programs = Executables.below(tree, path);
      if (programs.isEmpty()) {
        return List.of();
      }
      var parts = new ArrayList<>(List.of(main));
      parts.addAll(programs);
      return parts;
    }
  }

  /// These installers name the file or folder by its version, a bundle's with a hash after it and
  /// Codex's with the platform; a name that starts with no digit is not one of theirs.
  private static @Nullable String version(String name) {
    var version = name;
    for (var end : List.of("@", "-x86_64", "-aarch64")) {
      var at = version.indexOf(end);
      version = at < 0 ? version : version.substring(0, at);
    }
    return Metadata.plainVersion(version) && Character.isDigit(version.charAt(0)) ? version : null;
  }
}
