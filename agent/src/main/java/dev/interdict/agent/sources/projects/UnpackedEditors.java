package dev.interdict.agent.sources.projects;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.sources.editors.UnpackedEditor;
import dev.interdict.agent.sources.reading.Places;
import java.util.List;

/// The extensions of editors that were unpacked and not installed.
final class UnpackedEditors implements ProjectFinder {
  @Override
  public void look(Home home, Places places, BytePath folder, List<Tree.Entry> entries) {
    UnpackedEditor.look(home, places, folder, entries);
  }
}
