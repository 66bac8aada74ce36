package dev.interdict.agent.sources.node;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.sources.reading.Launchers;
import dev.interdict.agent.sources.reading.Places;

/// The packages that a project keeps for itself.
public final class ProjectModules {
  private ProjectModules() {}

  /// Reads one folder of packages, `node_modules`, and reports each package in it.
  public static void read(Home home, Places places, BytePath folder) {
    var modules = new NodeModules(places);
    modules.read(folder, false);
    var launchers = new Launchers(places);
    launchers.links(folder.resolve(".bin"));
    var items = new PackageItems(places, home, launchers, "project");
    modules.packages().forEach(items::report);
  }
}
