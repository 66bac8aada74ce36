package dev.interdict.agent.sources.projects;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.sources.apple.AppBundles;
import dev.interdict.agent.sources.reading.Places;
import java.util.List;

/// Application bundles of macOS that somebody keeps in a folder of their own. Those in places where
/// bundles are looked for anyway are seen twice and counted once.
final class BundleProjects implements ProjectFinder {
  @Override
  public void look(Home home, Places places, BytePath folder, List<Tree.Entry> entries) {
    for (var entry : entries) {
      var path = folder.resolve(entry.name());
      if (entry.kind() == FileKind.DIRECTORY && AppBundles.named(path.nameText())) {
        AppBundles.read(home, places, path, "project");
      }
    }
  }
}
