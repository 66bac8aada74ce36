package dev.interdict.agent.sources.node;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Launchers;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Places;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Packages of Node that can be started from everywhere: those of npm, pnpm, yarn and bun in every
/// prefix and version manager of [NpmPlaces], and the caches that run on their own.
///
/// Does not see: packages of a project, packages nested more than one level deep, Yarn's zip
/// archives, and pnpm's store outside of a group.
public final class NpmSource implements Source {
  @Override
  public String name() {
    return "npm";
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    var at = home.home().path();
    var look = new Look(new Places(home.tree(), at, out), home.home());
    look.layouts(NpmPlaces.IN_HOMES);
    look.prefixOf(at.resolve(".npmrc"));
    look.report();
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    var look = new Look(new Places(system, BytePath.ROOT, out), null);
    look.layouts(NpmPlaces.ON_MACHINES);
    for (var file : List.of("etc/npmrc", "usr/etc/npmrc", "usr/local/etc/npmrc")) {
      look.prefixOf(BytePath.ROOT.resolve(file));
    }
    look.report();
  }

  /// One look at one home or at the machine.
  private static final class Look {
    private final Places places;
    private final @Nullable Home owner;
    private final NodeModules modules;
    private final Launchers launchers;
    private final Set<BytePath> looked = new HashSet<>();
    private final Set<BytePath> bins = new LinkedHashSet<>();

    /// Folders of generated scripts, with the prefix that each one serves.
    private final Map<BytePath, BytePath> shims = new LinkedHashMap<>();

    Look(Places places, @Nullable Home owner) {
      this.places = places;
      this.owner = owner;
      this.modules = new NodeModules(places);
      this.launchers = new Launchers(places);
    }

    void layouts(List<NpmPlaces.Layout> layouts) {
      for (var layout : layouts) {
        for (var prefix : places.find(places.within(), layout.prefix())) {
          look(prefix, layout);
        }
      }
    }

    void prefixOf(BytePath npmrc) {
      try {
        var prefix = Npmrc.prefix(places.tree(), npmrc, places.within());
        if (prefix != null && prefix.startsWith(places.within())) {
          var relative = prefix.relativeTo(places.within()).toString();
          for (var found : places.at(prefix)) {
            look(found, NpmPlaces.npm(relative));
          }
        } else if (prefix != null && !machineWide(prefix)) {
          throw Metadata.malformed(npmrc, "sets an npm prefix outside of what is inspected");
        }
      } catch (UnreadableException e) {
        places.out().gap(e);
      }
    }

    private static boolean machineWide(BytePath prefix) {
      return NpmPlaces.ON_MACHINES.stream()
          .anyMatch(layout -> prefix.toString().equals("/" + layout.prefix()));
    }

    private void look(BytePath prefix, NpmPlaces.Layout layout) {
      for (var folder : places.find(prefix, layout.modules())) {
        if (looked.add(folder)) {
          modules.read(folder, layout.installed());
          bins.add(folder.resolve(".bin"));
          layout.bins().forEach(bin -> bins.add(beside(prefix, bin)));
          layout.shims().forEach(bin -> shims.put(beside(prefix, bin), prefix));
        }
      }
    }

    private static BytePath beside(BytePath prefix, String relative) {
      var path = prefix;
      for (var component : relative.isEmpty() ? new String[0] : relative.split("/")) {
        path = component.equals("..") ? path.parent() : path.resolve(component);
      }
      return path;
    }

    void report() {
      var commands = new HashSet<String>();
      modules.packages().forEach(found -> commands.addAll(found.manifest().programs().keySet()));
      bins.forEach(bin -> places.at(bin).forEach(launchers::links));
      shims.forEach((bin, prefix) ->
          places.at(bin).forEach(real -> launchers.scripts(real, prefix, commands)));
      var items = new PackageItems(places, owner, launchers, null);
      modules.packages().forEach(items::report);
    }
  }
}
