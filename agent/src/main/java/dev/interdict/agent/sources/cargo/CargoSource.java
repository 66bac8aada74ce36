package dev.interdict.agent.sources.cargo;

import dev.interdict.agent.inventory.Amendment;
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
import dev.interdict.agent.sources.reading.ListFile;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.identity.PackageUrl;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Programs that `cargo install` built. Each of a crate's programs is a file of this crate alone; a
/// script under its name is its user's own.
///
/// Does not see: roots that `--root` or `CARGO_INSTALL_ROOT` named elsewhere than in the places
/// listed, records of cargo before version 1.41, programs that were built without installing them,
/// and sources in cargo's registry, which cannot be started.
public final class CargoSource implements Source {
  /// Roots that every home may hold.
  public static final List<String> IN_HOMES =
      List.of(".cargo", ".local", ".local/share/cargo", ".local/share/mise/installs/cargo-*/*");

  /// Roots that the machine may hold.
  public static final List<String> ON_MACHINES = List.of("usr/local/cargo", "usr/local", "opt/*");

  @Override
  public String name() {
    return "cargo";
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    var places = new Places(home.tree(), home.home().path(), out);
    IN_HOMES.forEach(pattern -> roots(places, pattern, home.home()));
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    var places = new Places(system, BytePath.ROOT, out);
    ON_MACHINES.forEach(pattern -> roots(places, pattern, null));
  }

  private static void roots(Places places, String pattern, @Nullable Home owner) {
    for (var root : places.find(places.within(), pattern)) {
      for (var crate : Crates.in(places, root)) {
        try {
          report(places, owner, root, crate);
        } catch (UnreadableException e) {
          places.out().gap(e);
        }
      }
    }
  }

  private static boolean script(Tree tree, BytePath file) throws UnreadableException {
    var head = tree.range(file, 0, 2);
    return head != null && Arrays.equals(head, new byte[] {'#', '!'});
  }

  /// A crate whose programs were all deleted is no more than a line in a record.
  private static void report(Places places, @Nullable Home owner, BytePath root, Crates.Crate crate)
      throws UnreadableException {
    var parts = new ArrayList<Part>();
    for (var program : crate.programs()) {
      var path = root.resolve("bin").resolve(program);
      var fact = places.tree().stat(path);
      if (fact != null && fact.kind() == FileKind.REGULAR && !script(places.tree(), path)) {
        parts.add(new Part(Part.Role.MAIN, path, fact.id(), fact.kind()));
        parts.add(new Part(Part.Role.EXECUTABLE, path, fact.id(), fact.kind()));
      }
    }
    if (!parts.isEmpty()) {
      places
          .out()
          .item(
              new Item(
                      "cargo",
                      new Identity.OfPackage(
                          PackageUrl.of("cargo", "", crate.name()).withVersion(crate.version())),
                      crate.version(),
                      owner,
                      parts.getFirst().path(),
                      parts,
                      crate.origin())
                  .withAmendments(amendments(places.tree(), root, crate)));
    }
  }

  /// Both records, since cargo brings back from either what the other one lacks.
  private static List<Amendment> amendments(Tree tree, BytePath root, Crates.Crate crate)
      throws UnreadableException {
    var amendments = new ArrayList<Amendment>();
    var record = ListFile.read(tree, root.resolve(".crates2.json"));
    if (record != null) {
      amendments.addAll(
          record.withoutMembers(List.of("installs"), (key, _) -> key.equals(crate.key())));
    }
    var older = ListFile.read(tree, root.resolve(".crates.toml"));
    if (older != null) {
      amendments.addAll(older.withoutKey(crate.key()));
    }
    return amendments;
  }
}
