package dev.interdict.agent.sources.projects;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.sources.linux.AppImages;
import dev.interdict.agent.sources.reading.Places;
import java.util.List;

/// AppImages in people's own folders, by their name.
final class PortablePrograms implements ProjectFinder {
  @Override
  public void look(Home home, Places places, BytePath folder, List<Tree.Entry> entries) {
    for (var entry : entries) {
      if (entry.kind() == FileKind.REGULAR && AppImages.named(entry.name())) {
        AppImages.report(places, folder.resolve(entry.name()), home, null);
      }
    }
  }
}
