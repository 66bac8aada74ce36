package dev.interdict.agent.sources.projects;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.sources.containers.ContainerFiles;
import dev.interdict.agent.sources.reading.Places;
import java.util.List;

/// The images, features and actions that projects name.
final class ContainerProjects implements ProjectFinder {
  @Override
  public void look(Home home, Places places, BytePath folder, List<Tree.Entry> entries) {
    new ContainerFiles(home, places).look(folder, entries);
  }
}
