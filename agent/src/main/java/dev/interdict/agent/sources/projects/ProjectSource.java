package dev.interdict.agent.sources.projects;

import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.sources.reading.Places;
import java.util.List;

/// What lies in people's own folders: one walk of each home for everything that can be anywhere in
/// it. Items carry the name of the ecosystem that they belong to.
///
/// Does not see: folders that start with a dot other than those that another source reads, more
/// than 12 levels below the home, and other file systems. A home with more than 200,000 entries on
/// the way is a gap.
public final class ProjectSource implements Source {
  private static final int MOST_ENTRIES = 200_000;

  private static final List<ProjectFinder> FINDERS =
      List.of(new NodeProjects(), new PythonProjects());

  @Override
  public String name() {
    return "project";
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    var places = new Places(home.tree(), home.home().path(), out);
    new ProjectWalk(MOST_ENTRIES)
        .over(
            places,
            (folder, entries) ->
                FINDERS.forEach(finder -> finder.look(home.home(), places, folder, entries)));
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    // Projects lie in homes.
  }
}
