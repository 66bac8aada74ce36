package dev.interdict.agent.sources.projects;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.sources.reading.Places;
import java.util.List;

/// Something that can lie anywhere below a home, in a person's own folders: a project's packages, a
/// virtual environment, a portable program. Seam: one file for each, and one line in
/// [ProjectSource]. All of them share one walk.
interface ProjectFinder {
  /// A folder of the walk. What is found goes to the sightings of `places`; a record that is there
  /// and cannot be read is a gap there.
  ///
  /// @param entries of the folder, which has been listed already
  void look(Home home, Places places, BytePath folder, List<Tree.Entry> entries);
}
