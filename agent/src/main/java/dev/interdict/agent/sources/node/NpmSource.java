package dev.interdict.agent.sources.node;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Places;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Packages of Node that can be started from everywhere: those of npm, pnpm, Yarn, Bun and Deno in
/// every prefix and version manager of [NpmPlaces], and the caches that run on their own.
///
/// Does not see: packages of a project; what a cache keeps only by the hash of its content (npm's
/// `_cacache`, pnpm's `files`), which nothing starts; places that are named by an environment
/// variable or by settings other than `npmrc`'s prefix, cache, global-dir and store-dir; packages
/// in folders of other names inside a package, such as a bundle's own `dist/node_modules`; the
/// shims of asdf, nodenv and mise, which start nothing once the package is gone.
public final class NpmSource implements Source {
  @Override
  public String name() {
    return "npm";
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    var at = home.home().path();
    var search = new Search(new Places(home.tree(), at, out), home.home());
    search.layouts(NpmPlaces.IN_HOMES);
    search.settings(at.resolve(".npmrc"));
    search.settings(at.resolve(".config/pnpm/rc"));
    search.look.report();
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    var search = new Search(new Places(system, BytePath.ROOT, out), null);
    search.layouts(NpmPlaces.ON_MACHINES);
    search.settings(BytePath.ROOT.resolve("etc/npmrc"));
    search.look.report();
  }

  /// Where to look: in the known places, and where settings move them to.
  private static final class Search {
    private final Places places;
    private final NodeLook look;
    private final boolean ofHome;
    private final Set<BytePath> settings = new HashSet<>();

    Search(Places places, @Nullable Home owner) {
      this.places = places;
      this.look = new NodeLook(places, owner);
      this.ofHome = owner != null;
    }

    void layouts(List<Layout> layouts) {
      for (var layout : layouts) {
        for (var prefix : places.find(places.within(), layout.prefix())) {
          look.at(prefix, layout);
          if (layout.bins().contains("bin")) {
            settings(prefix.resolve("etc/npmrc"));
          }
        }
      }
    }

    /// What an `npmrc` moves elsewhere.
    void settings(BytePath npmrc) {
      if (!settings.add(npmrc)) {
        return;
      }
      try {
        for (var moved : Npmrc.read(places.tree(), npmrc).entrySet()) {
          moved(npmrc, moved.getKey(), moved.getValue());
        }
      } catch (UnreadableException e) {
        places.out().gap(e);
      }
    }

    private void moved(BytePath npmrc, Npmrc.Setting setting, String value) {
      try {
        if (!ofHome && Npmrc.inEachHome(value)) {
          known(npmrc, setting, value);
          return;
        }
        var place = Npmrc.path(npmrc, setting, value, places.within());
        if (place.startsWith(places.within())) {
          for (var found : places.at(place)) {
            moved(found, setting.layout());
          }
        } else if (NpmPlaces.ON_MACHINES.stream()
            .noneMatch(layout -> place.toString().equals("/" + layout.prefix()))) {
          throw Metadata.malformed(
              npmrc, "sets npm's " + setting.key() + " outside of what is inspected");
        }
      } catch (UnreadableException e) {
        places.out().gap(e);
      }
    }

    private void moved(BytePath place, Layout layout) {
      for (var prefix : places.find(place, layout.prefix())) {
        look.at(prefix, layout);
      }
    }

    /// A machine's own file that names a place in each home.
    private static void known(BytePath npmrc, Npmrc.Setting setting, String value)
        throws UnreadableException {
      var place = Npmrc.path(npmrc, setting, value, BytePath.ROOT);
      if (NpmPlaces.IN_HOMES.stream()
          .noneMatch(layout -> place.toString().equals("/" + layout.prefix()))) {
        throw Metadata.malformed(
            npmrc,
            "sets npm's " + setting.key() + " to a place in each home that is not looked at");
      }
    }
  }
}
