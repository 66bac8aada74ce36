package dev.interdict.agent.sources.projects;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.sources.python.ProjectEnvironments;
import dev.interdict.agent.sources.reading.Places;
import java.util.List;

/// The packages of Python projects.
final class PythonProjects implements ProjectFinder {
  @Override
  public void look(Home home, Places places, BytePath folder, List<Tree.Entry> entries) {
    ProjectEnvironments.read(home, places, folder, entries);
  }
}
