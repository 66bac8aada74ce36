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
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.sources.cargo.CargoSource;
import dev.interdict.agent.sources.cargo.Crates;
import dev.interdict.agent.sources.reading.Places;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Native programs that somebody put into a folder of programs by hand or by a script: known by
/// their place and, through their file, by their content. Go's programs carry the name of their
/// module in them and are that package as well.
///
/// Does not see: scripts; programs in other folders than those listed; what Go's build information
/// says in a program that was compressed. A program in `/opt` may belong to a package of the
/// machine's package manager, which is asked before anything is taken.
public final class BinSource implements Source {
  private static final int MOST_PROGRAMS = 5000;

  private static final List<String> IN_HOMES =
      List.of("bin", "go/bin", ".*/bin", "AppData/Local/Programs/*");

  private static final List<String> ON_MACHINES =
      List.of("usr/local/bin", "usr/local/go/bin", "opt/bin", "opt/*", "opt/*/bin");

  @Override
  public String name() {
    return "binary";
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    var places = new Places(home.tree(), home.home().path(), out);
    new Look(places, home.home(), recorded(places, CargoSource.IN_HOMES)).at(IN_HOMES);
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    var places = new Places(system, BytePath.ROOT, out);
    new Look(places, null, recorded(places, CargoSource.ON_MACHINES)).at(ON_MACHINES);
  }

  /// The programs that cargo's own record tells of; where that is unreadable, cargo's source says
  /// so.
  private static Set<BytePath> recorded(Places places, List<String> roots) {
    var silent = new Places(places.tree(), places.within(), new Sightings("cargo"));
    var recorded = new HashSet<BytePath>();
    for (var pattern : roots) {
      for (var root : silent.find(silent.within(), pattern)) {
        for (var crate : Crates.in(silent, root)) {
          crate.programs().forEach(name -> recorded.add(root.resolve("bin").resolve(name)));
        }
      }
    }
    return recorded;
  }

  /// One look at one home or at the machine.
  private static final class Look {
    private final Places places;
    private final @Nullable Home owner;
    private final Set<BytePath> seen;
    private int programs;

    Look(Places places, @Nullable Home owner, Set<BytePath> recorded) {
      this.places = places;
      this.owner = owner;
      this.seen = recorded;
    }

    void at(List<String> patterns) {
      for (var pattern : patterns) {
        for (var folder : places.find(places.within(), pattern)) {
          for (var entry : places.list(folder)) {
            var path = folder.resolve(entry.name());
            if (entry.kind() == FileKind.REGULAR && seen.add(path)) {
              try {
                program(path);
              } catch (UnreadableException e) {
                places.out().gap(e);
              }
            }
          }
        }
      }
    }

    private void program(BytePath path) throws UnreadableException {
      var fact = places.tree().stat(path);
      if (fact == null || !fact.executable() && !path.nameText().endsWith(".exe")) {
        return;
      }
      var format = ProgramFormat.of(places.tree(), path);
      if (format == null || ++programs > MOST_PROGRAMS) {
        if (programs == MOST_PROGRAMS + 1) {
          throw new UnreadableException(
              Reason.BUDGET, path, "there are more than " + MOST_PROGRAMS + " loose programs");
        }
        return;
      }
      report("binary", new Identity.OfProgram(place(path)), null, path, fact);
      var module = GoModule.in(places.tree(), path, format);
      if (module != null) {
        report("go", new Identity.OfPackage(module.purl()), module.version(), path, fact);
      }
    }

    private String place(BytePath path) {
      var home = owner;
      return home == null ? path.toString() : path.relativeTo(home.path()).toString().substring(1);
    }

    private void report(
        String source, Identity identity, @Nullable String version, BytePath path, FileFact fact) {
      var main = new Part(Part.Role.MAIN, path, fact.id(), fact.kind());
      var executable = new Part(Part.Role.EXECUTABLE, path, fact.id(), fact.kind());
      places
          .out()
          .item(new Item(source, identity, version, owner, path, List.of(main, executable)));
    }
  }
}
