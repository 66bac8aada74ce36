package dev.interdict.agent.sources.projects;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.sources.node.ProjectModules;
import dev.interdict.agent.sources.reading.Places;
import java.util.List;

/// The packages of Node projects.
final class NodeProjects implements ProjectFinder {
  @Override
  public void look(Home home, Places places, BytePath folder, List<Tree.Entry> entries) {
    for (var entry : entries) {
      var path = folder.resolve(entry.name());
      if (entry.kind() == FileKind.DIRECTORY && path.nameText().equals("node_modules")) {
        // One that lies directly in the home is one of npm's own places.
        if (folder.depth() > home.path().depth()) {
          ProjectModules.read(home, places, path);
        }
      }
    }
  }
}
