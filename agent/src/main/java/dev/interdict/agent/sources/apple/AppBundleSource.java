package dev.interdict.agent.sources.apple;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.sources.reading.Places;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Application bundles of macOS, in the places where people and installers put them and where other
/// products are known to carry one.
///
/// Does not see: bundles on other volumes or inside disk images, what a bundle carries in itself
/// (that goes with it), the system's own applications, and links that lead out of a home, whose
/// target is looked at where it lies. The search for projects finds bundles elsewhere in a home.
public final class AppBundleSource implements Source {

  /// A folder that holds bundles.
  ///
  /// @param deeper whether its folders that are no bundles hold more of them
  private record Shelf(String pattern, boolean deeper, @Nullable String origin) {}

  private static final List<Shelf> IN_HOMES =
      List.of(
          new Shelf("Applications", true, null),
          new Shelf("Downloads", true, "downloaded"),
          new Shelf("Desktop", false, null),
          new Shelf("Library/Application Support/Claude/claude-code/*", true, "brought by Claude"),
          new Shelf(".local/share/claude/versions/bundles/*", false, "native installer"));

  private static final List<Shelf> OF_THE_MACHINE =
      List.of(new Shelf("Applications", true, null), new Shelf("Users/Shared", false, null));

  @Override
  public String name() {
    return AppBundles.SOURCE;
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    var places = new Places(home.tree(), home.home().path(), out);
    shelves(IN_HOMES, home.home(), places);
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    shelves(OF_THE_MACHINE, null, new Places(system, BytePath.ROOT, out));
  }

  private static void shelves(List<Shelf> shelves, @Nullable Home owner, Places places) {
    for (var shelf : shelves) {
      for (var folder : places.find(places.within(), shelf.pattern())) {
        shelf(shelf, owner, places, folder, shelf.deeper());
      }
    }
  }

  private static void shelf(
      Shelf shelf, @Nullable Home owner, Places places, BytePath folder, boolean deeper) {
    for (var entry : places.list(folder)) {
      var path = folder.resolve(entry.name());
      if (entry.kind() != FileKind.DIRECTORY) {
        continue;
      }
      if (AppBundles.named(path.nameText())) {
        AppBundles.read(owner, places, path, shelf.origin());
      } else if (deeper) {
        shelf(shelf, owner, places, path, false);
      }
    }
  }
}
