package dev.interdict.agent.sources.node;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.sources.node.Layout.Folder;
import dev.interdict.agent.sources.node.Layout.Holds;
import dev.interdict.agent.sources.reading.Places;
import java.util.List;

/// The packages that a project keeps for itself: in `node_modules`, with the stores in it that
/// pnpm, Deno, Bun and others link to, or in Yarn's archives and what Yarn unpacked of them.
///
/// Manifests are read, not `node_modules/.package-lock.json` or a lock file: these say what should
/// be there.
public final class ProjectModules {
  private static final Layout PROJECT = layout("project");

  /// A prefix of npm that lies among a person's own folders, such as an unpacked archive of Node.
  private static final Layout PREFIX = Layout.npm("Node folder", "");

  private ProjectModules() {}

  /// A folder that is a project.
  static Layout layout(String origin) {
    return Layout.of(
        origin,
        "",
        List.of(
            new Folder("node_modules", Holds.CACHED),
            new Folder(".yarn/unplugged/*/node_modules", Holds.CACHED),
            new Folder(".yarn/cache", Holds.ZIPPED)),
        List.of("node_modules/.bin"),
        List.of("node_modules/.bin"));
  }

  /// Reports each package of the project in `folder`.
  public static void read(Home home, Places places, BytePath folder) {
    var look = new NodeLook(places, home);
    if (folder.nameText().equals("lib") && folder.depth() > home.path().depth() + 1) {
      look.at(folder.parent(), PREFIX);
    }
    look.at(folder, PROJECT);
    look.report();
  }
}
