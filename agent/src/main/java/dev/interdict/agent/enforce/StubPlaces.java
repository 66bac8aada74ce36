package dev.interdict.agent.enforce;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Part;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where a stub may stand: at the place of a command that people type, and nowhere else.
///
/// In a home that is a folder `bin` at its top or below one of its hidden folders (`~/.local/bin`,
/// `~/.nvm/versions/node/v22/bin`), but none inside a package; a project's own environment is left
/// alone; on Windows also where npm puts its commands, in their `.cmd`. Of the machine it is
/// `/usr/local/bin` only: other folders of programs are those of the system's package manager,
/// which calls every file there its own.
final class StubPlaces {
  /// Stubs of one plan.
  private static final int MOST = 16;

  private static final List<String> FOREIGN = List.of(".exe", ".com", ".bat", ".ps1", ".vbs");
  private static final String NPM = "AppData/Roaming/npm";
  private static final BytePath MACHINE = BytePath.parse("/usr/local/bin");

  private StubPlaces() {}

  /// The parts of a plan in whose place a stub may stand.
  static List<Part> in(RemovalPlan plan) {
    var commands = new ArrayList<Part>();
    var seen = new HashSet<BytePath>();
    for (var part : plan.outermost()) {
      if (commands.size() < MOST && command(plan, part) && seen.add(part.path())) {
        commands.add(part);
      }
    }
    return commands;
  }

  private static boolean command(RemovalPlan plan, Part part) {
    var home = plan.owner();
    return part.role() != Part.Role.PERSISTENCE
        && (part.kind() == FileKind.LINK || part.kind() == FileKind.REGULAR)
        && readable(part.path())
        && within(home == null ? null : home.path(), part.path())
        && plan.keep().stream().noneMatch(part.path()::startsWith);
  }

  /// What Windows starts by the ending of its name is a program, or another interpreter's script.
  private static boolean readable(BytePath path) {
    var name = path.nameText().toLowerCase(Locale.ROOT);
    return FOREIGN.stream().noneMatch(name::endsWith);
  }

  private static boolean within(@Nullable BytePath home, BytePath path) {
    var folder = path.parent();
    if (home == null) {
      return folder.equals(MACHINE);
    }
    if (folder.equals(home.resolve(NPM)) && path.nameText().endsWith(".cmd")) {
      return true;
    }
    if (!folder.startsWith(home) || !folder.nameText().equals("bin")) {
      return false;
    }
    var names = List.of(folder.relativeTo(home).toString().substring(1).split("/"));
    return (names.size() == 1 || names.getFirst().startsWith("."))
        && !names.contains("node_modules")
        && !names.contains("site-packages");
  }
}
