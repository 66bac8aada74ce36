package dev.interdict.agent.sources.projects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FolderTree;
import dev.interdict.agent.inventory.Planting;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.sources.reading.Places;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectWalkTest {
  @TempDir Path root;
  private Planting planting;
  private final Sightings out = new Sightings("project");

  @BeforeEach
  void stand() {
    planting = new Planting(root).folder("home/ada");
  }

  private List<String> walk(int mostEntries) {
    var seen = new ArrayList<String>();
    var places = new Places(new FolderTree(root), BytePath.parse("/home/ada"), out);
    new ProjectWalk(mostEntries).over(places, (folder, _) -> seen.add(folder.toString()));
    return seen;
  }

  @Test
  void folders_come_nearest_first() {
    planting.folder("home/ada/a/b/c").folder("home/ada/d").file("home/ada/e", "x");
    assertEquals(
        List.of("/home/ada", "/home/ada/a", "/home/ada/d", "/home/ada/a/b", "/home/ada/a/b/c"),
        walk(100));
  }

  @Test
  void folders_of_tools_and_dependencies_are_not_entered() {
    for (var folder : List.of(".cache", "node_modules", "site-packages", "Library", "AppData")) {
      planting.folder("home/ada/work/" + folder + "/deeper");
    }
    assertEquals(List.of("/home/ada", "/home/ada/work"), walk(100));
    assertEquals(List.of(), out.gaps());
  }

  @Test
  void search_that_runs_out_of_budget_is_a_gap_and_what_was_near_was_seen() {
    for (var i = 0; i < 30; i++) {
      planting.folder("home/ada/many/x" + i);
    }
    planting.folder("home/ada/near");
    var seen = walk(20);
    assertTrue(seen.contains("/home/ada"));
    assertFalse(seen.contains("/home/ada/many/x29"));
    assertEquals(List.of(Reason.BUDGET), out.gaps().stream().map(gap -> gap.reason()).toList());
  }

  @Test
  void depth_ends_quietly_and_links_are_not_entered() {
    planting.folder("home/ada/1/2/3/4/5/6/7/8/9/10/11/12/13/14");
    planting.link("home/ada/loop", "/home/ada");
    var seen = walk(1000);
    assertTrue(seen.contains("/home/ada/1/2/3/4/5/6/7/8/9/10/11/12"));
    assertFalse(seen.contains("/home/ada/1/2/3/4/5/6/7/8/9/10/11/12/13"));
    assertFalse(seen.contains("/home/ada/loop"));
    assertEquals(List.of(), out.gaps());
  }
}
