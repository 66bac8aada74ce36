package dev.interdict.agent.match;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.RunningProcess;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The programs that processes run and that no source has seen as part of anything: each is an item
/// of its own, known by its place and content.
final class StrayPrograms {
  static final String SOURCE = "process";

  private StrayPrograms() {}

  /// One such program.
  ///
  /// @param certain whether its file is still there, and in a home: what lies elsewhere may belong
  ///   to a package manager, and is told rather than taken
  record Stray(Item item, boolean certain) {

    /// Whether it lies in what a finding takes already.
    boolean belongsTo(Finding finding) {
      return finding.item().parts().stream().anyMatch(part -> inside(part, item.location()));
    }
  }

  /// Each program once, however many processes run it, in the order of processes.
  static List<Stray> in(Inventory inventory) {
    var known = new HashSet<FileId>();
    for (var item : inventory.items()) {
      item.parts().forEach(part -> known.add(part.id()));
    }
    Map<FileId, Stray> strays = new LinkedHashMap<>();
    for (var process : inventory.processes()) {
      var path = process.executable();
      var id = process.executableId();
      if (path != null && id != null && !known.contains(id)) {
        strays.computeIfAbsent(id, _ -> stray(process, path, id, inventory.homes()));
      }
    }
    return List.copyOf(strays.values());
  }

  private static Stray stray(RunningProcess process, BytePath path, FileId id, List<Home> homes) {
    var owner = owner(path, homes);
    var place = owner.map(home -> path.relativeTo(home.path()).toString().substring(1));
    var main = new Part(Part.Role.MAIN, path, id, FileKind.REGULAR, process.sha256());
    var item =
        new Item(
            SOURCE,
            new Identity.OfProgram(place.orElse(path.toString())),
            null,
            owner.orElse(null),
            path,
            List.of(main),
            process.gone() ? "running, its file is gone" : "running");
    return new Stray(item, owner.isPresent() && !process.gone());
  }

  private static Optional<Home> owner(BytePath path, List<Home> homes) {
    return homes.stream()
        .filter(home -> path.startsWith(home.path()) && !path.equals(home.path()))
        .findFirst();
  }

  /// Whether `path` lies in the folder that `part` is.
  static boolean inside(Part part, BytePath path) {
    return part.kind() == FileKind.DIRECTORY && path.startsWith(part.path());
  }
}
