package dev.interdict.agent.platform.linux.managers;

import dev.interdict.agent.enforce.ProtectedList;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.platform.linux.NeededPrograms;
import dev.interdict.agent.platform.linux.Resolution;
import dev.interdict.agent.platform.linux.kernel.Errno;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import dev.interdict.agent.platform.linux.kernel.Stat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The programs of one installed package that are nobody else's: regular executable files of root
/// that the manager lists for this package and for no other, under no name that it does not list.
///
/// None at all where a file of the package is one that machines cannot do without, or its manager
/// calls the package that.
final class OwnPrograms {
  /// Of a package with more programs the first are enough to keep its tool from being started.
  static final int MOST = 256;

  private static final BytePath USR = BytePath.parse("/usr");
  private static final int LOOK = Kernel.O_PATH | Kernel.O_NOFOLLOW;

  /// A file under each of the names by which the manager lists it.
  private record Listed(Part part, int links, List<BytePath> names) {}

  private final Resolution way;
  private final Map<FileId, Listed> listed = new LinkedHashMap<>();

  private OwnPrograms(Resolution way) {
    this.way = way;
  }

  /// @throws NotRemovedException if the manager does not say, or says that it is needed
  static List<Part> of(Packages packages, Packages.Named named, Resolution way)
      throws NotRemovedException, IOException {
    packages.requireDispensable(named);
    var own = new OwnPrograms(way);
    for (var path : packages.files(named)) {
      own.add(path);
    }
    var needed = NeededPrograms.ids();
    var all = own.listed.values().stream().map(Listed::part).toList();
    if (all.stream().anyMatch(part -> needed.contains(part.id()))
        || ProtectedList.protects(all).isPresent()) {
      return List.of();
    }
    var candidates =
        own.listed.values().stream()
            .filter(one -> one.links() == one.names().size())
            .limit(MOST)
            .toList();
    var names = candidates.stream().flatMap(one -> one.names().stream()).toList();
    Set<BytePath> alone = names.isEmpty() ? Set.of() : packages.alone(named, names);
    return candidates.stream()
        .filter(one -> alone.containsAll(one.names()))
        .map(Listed::part)
        .collect(Collectors.toUnmodifiableList());
  }

  private void add(BytePath path) throws KernelException {
    // Where /bin and its like are links into /usr, packages may list either.
    var merged = path.startsWith(USR) ? null : stat(USR.resolve(path));
    var place = merged == null ? path : USR.resolve(path);
    var stat = stat(path);
    if (merged != null && (stat == null || !stat.id().equals(merged.id()))) {
      // Two files: which of them is the package's cannot be told.
      return;
    }
    if (stat == null
        || stat.kind() != FileKind.REGULAR
        || (stat.mode() & 0111) == 0
        || stat.uid() != 0) {
      return;
    }
    var part = new Part(Part.Role.EXECUTABLE, place, stat.id(), stat.kind());
    var links = stat.links();
    var before = listed.computeIfAbsent(stat.id(), _ -> new Listed(part, links, new ArrayList<>()));
    if (before.names().stream().noneMatch(path::equals)) {
      before.names().add(path);
    }
  }

  /// Null where the package has put nothing there, or it cannot be reached without a link.
  private @Nullable Stat stat(BytePath path) throws KernelException {
    try (var fd = way.open(path, LOOK)) {
      return Kernel.stat(fd);
    } catch (KernelException e) {
      if (e.errno() == Errno.EMFILE || e.errno() == Errno.ENFILE || e.errno() == Errno.ENOMEM) {
        throw e;
      }
      return null;
    }
  }
}
