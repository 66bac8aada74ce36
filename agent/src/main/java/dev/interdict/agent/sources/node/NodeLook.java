package dev.interdict.agent.sources.node;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.sources.reading.Launchers;
import dev.interdict.agent.sources.reading.Places;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One look at one home, at the machine or at a project: collects the packages of any number of
/// layouts, then reports each with what starts it from any of them.
final class NodeLook {
  private static final String MODULES = "node_modules";

  private final Places places;
  private final @Nullable Home owner;
  private final NodeModules modules;
  private final Set<BytePath> looked = new HashSet<>();
  private final Set<BytePath> bins = new LinkedHashSet<>();

  /// Folders of packages beside which lies the manager's own list of them.
  private final Set<BytePath> listed = new LinkedHashSet<>();

  /// What single runs left.
  private final Set<BytePath> runs = new LinkedHashSet<>();

  /// Folders of generated scripts, with the prefix that each one serves.
  private final Map<BytePath, BytePath> scripts = new LinkedHashMap<>();

  NodeLook(Places places, @Nullable Home owner) {
    this.places = places;
    this.owner = owner;
    this.modules = new NodeModules(places);
  }

  /// Reads what lies below a prefix in that layout.
  void at(BytePath prefix, Layout layout) {
    for (var kind : layout.folders()) {
      for (var folder : places.find(prefix, kind.pattern())) {
        if (looked.add(folder)) {
          var elsewhere = kind.pattern().endsWith(MODULES) && !folder.nameText().equals(MODULES);
          modules.read(folder, kind.holds(), elsewhere, layout.originAt(prefix));
          if (layout.listed() && kind.holds() == Layout.Holds.INSTALLED) {
            listed.add(folder);
          }
          if (layout.run()) {
            runs.add(prefix);
          }
          layout.bins().forEach(bin -> bins.add(Layout.beside(prefix, bin)));
          layout.scripts().forEach(bin -> scripts.putIfAbsent(Layout.beside(prefix, bin), prefix));
        }
      }
    }
  }

  void report() {
    var commands = new HashSet<String>();
    modules.packages().forEach(found -> commands.addAll(found.manifest().programs().keySet()));
    var launchers = new Launchers(places);
    bins.stream().flatMap(bin -> places.at(bin).stream()).distinct().forEach(launchers::links);
    scripts.forEach(
        (bin, prefix) -> places.at(bin).forEach(real -> launchers.scripts(real, prefix, commands)));
    var volta = new VoltaShims(places, places.within().resolve(".volta"));
    var items =
        new PackageItems(places, owner, launchers, volta, new OwnLists(places, listed, runs));
    modules.packages().forEach(items::report);
  }
}
