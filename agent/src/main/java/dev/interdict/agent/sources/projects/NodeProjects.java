package dev.interdict.agent.sources.projects;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.sources.node.ProjectModules;
import dev.interdict.agent.sources.reading.Places;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The packages of Node projects.
final class NodeProjects implements ProjectFinder {
  @Override
  public void look(Home home, Places places, BytePath folder, List<Tree.Entry> entries) {
    // What lies directly in the home is read with npm's own places.
    if (folder.depth() > home.path().depth()
        && entries.stream().anyMatch(NodeProjects::holdsPackages)) {
      ProjectModules.read(home, places, folder);
    }
  }

  private static boolean holdsPackages(Tree.Entry entry) {
    var name = new String(entry.name(), StandardCharsets.UTF_8);
    return (entry.kind() == FileKind.DIRECTORY || entry.kind() == FileKind.LINK)
        && (name.equals("node_modules") || name.equals(".yarn"));
  }
}
