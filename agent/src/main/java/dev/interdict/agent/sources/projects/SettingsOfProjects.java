package dev.interdict.agent.sources.projects;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.agent.sources.use.ProjectSettings;
import java.util.List;

/// The variables and models that projects set.
final class SettingsOfProjects implements ProjectFinder {
  @Override
  public void look(Home home, Places places, BytePath folder, List<Tree.Entry> entries) {
    ProjectSettings.look(home, places, folder, entries);
  }
}
