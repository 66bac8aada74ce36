package dev.interdict.agent.sources.programs;

import dev.interdict.agent.inventory.BytePath;
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
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Places;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Self-contained programs that an installer script puts into a home, one file or folder for each
/// version, without a record of any package manager.
///
/// Does not see: programs in folders that nobody has listed here, and homes whose data folder was
/// moved by an environment variable.
public final class ProgramSource implements Source {

  /// Where one product's installer puts its versions.
  ///
  /// @param place identity of the product: the folder of versions, relative to the home
  /// @param folders that folder, and others that hold versions of it
  /// @param bins folders with links that start it
  private record Product(String place, List<String> folders, List<String> bins) {}

  private static final List<Product> PRODUCTS =
      List.of(
          new Product(
              ".local/share/claude/versions",
              List.of(".local/share/claude/versions", ".local/share/claude/versions/bundles"),
              List.of(".local/bin")),
          new Product(".claude/remote/ccd-cli", List.of(".claude/remote/ccd-cli"), List.of()),
          new Product(
              ".config/Claude/claude-code", List.of(".config/Claude/claude-code"), List.of()),
          new Product(
              "Library/Application Support/Claude/claude-code",
              List.of("Library/Application Support/Claude/claude-code"),
              List.of()),
          new Product(
              ".codex/packages/app-server-daemon/releases",
              List.of(".codex/packages/app-server-daemon/releases"),
              List.of()));

  @Override
  public String name() {
    return "program";
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    var places = new Places(home.tree(), home.home().path(), out);
    for (var product : PRODUCTS) {
      var folders = new ArrayList<BytePath>();
      product.folders().forEach(folder -> folders.addAll(places.find(places.within(), folder)));
      if (!folders.isEmpty()) {
        var launchers = new Launchers(places);
        for (var bin : product.bins()) {
          places.find(places.within(), bin).forEach(launchers::links);
        }
        for (var folder : folders) {
          versions(home.home(), product, folder, folders, places, launchers);
        }
      }
    }
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    // These installers put nothing outside of a home.
  }

  private void versions(
      Home home,
      Product product,
      BytePath folder,
      List<BytePath> folders,
      Places places,
      Launchers launchers) {
    for (var entry : places.list(folder)) {
      var path = folder.resolve(entry.name());
      if (folders.contains(path)) {
        continue;
      }
      try {
        var parts = parts(path, places.tree());
        if (!parts.isEmpty()) {
          parts.addAll(launchers.into(path));
          places
              .out()
              .item(
                  new Item(
                      name(),
                      new Identity.OfProgram(product.place()),
                      version(path.nameText()),
                      home,
                      path,
                      parts));
        }
      } catch (UnreadableException e) {
        places.out().gap(e);
      }
    }
  }

  private static List<Part> parts(BytePath path, Tree tree) throws UnreadableException {
    var parts = new ArrayList<Part>();
    var fact = tree.stat(path);
    if (fact == null) {
      return parts;
    }
    if (fact.executable()) {
      parts.add(new Part(Part.Role.MAIN, path, fact.id(), fact.kind()));
      parts.add(new Part(Part.Role.EXECUTABLE, path, fact.id(), fact.kind()));
    } else if (fact.kind() == FileKind.DIRECTORY) {
      var programs = Executables.below(tree, path);
      if (!programs.isEmpty()) {
        parts.add(new Part(Part.Role.MAIN, path, fact.id(), fact.kind()));
        parts.addAll(programs);
      }
    }
    return parts;
  }

  /// These installers name the file or folder by its version, a bundle's with a hash after it; a
  /// name that starts with no digit is not one of theirs.
  private static @Nullable String version(String name) {
    var at = name.indexOf('@');
    var version = at < 0 ? name : name.substring(0, at);
    return Metadata.plainVersion(version) && Character.isDigit(version.charAt(0)) ? version : null;
  }
}
