package dev.interdict.agent.sources.python;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Launchers;
import dev.interdict.agent.sources.reading.Links;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Places;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Distributions of Python in every interpreter and environment of [PythonPlaces] and in those that
/// conda lists, and conda's own packages there. What lies in visible folders of a home is found as
/// projects are.
///
/// Does not see: pip's and conda's caches of archives; programs that were frozen with their
/// interpreter or packed into one file (`.pex`, `.pyz`); records that are links, as uv makes them
/// when told to link into its cache (a gap); environments elsewhere on the machine than in the
/// places listed; which folder of its developer an editable installation leads to.
public final class PythonSource implements Source {
  private static final int MAX_LIST = 256 << 10;

  /// As deep as a scan goes.
  private static final int MOST_DEPTH = 64;

  private static final int MOST_ENVIRONMENTS = 1000;

  @Override
  public String name() {
    return "pip";
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    var places = new Places(home.tree(), home.home().path(), out);
    var environments = environments(places, home.home(), ".local/bin", "bin");
    look(places, environments, PythonPlaces.IN_HOMES);
    listed(places, environments);
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    var places = new Places(system, BytePath.ROOT, out);
    var environments = environments(places, null, "usr/local/bin");
    for (var prefix : places.find(BytePath.ROOT, PythonPlaces.SYSTEM)) {
      environments.look(new Environment(null, true, prefix, null));
    }
    look(places, environments, PythonPlaces.ON_MACHINES);
  }

  private static Environments environments(Places places, @Nullable Home owner, String... bins) {
    var launchers = new Launchers(places);
    for (var bin : bins) {
      places.find(places.within(), bin).forEach(launchers::links);
    }
    return new Environments(places, owner, launchers);
  }

  private static void look(
      Places places, Environments environments, List<PythonPlaces.Place> patterns) {
    for (var place : patterns) {
      for (var folder : places.find(places.within(), place.pattern())) {
        var only = place.forOne() ? SoleTool.of(places.tree(), folder) : null;
        var environment = new Environment(place.origin(), false, folder, only);
        if (place.packages()) {
          environments.packages(folder, environment);
        } else {
          environments.look(environment);
        }
      }
    }
  }

  /// The environments that conda has made, wherever they were wanted: one path to a line.
  private static void listed(Places places, Environments environments) {
    var file = places.within().resolve(".conda/environments.txt");
    try {
      var bytes = places.tree().read(file, MAX_LIST);
      if (bytes == null) {
        return;
      }
      var lines = new String(bytes, StandardCharsets.UTF_8).lines().map(String::strip);
      for (var line : lines.filter(text -> !text.isEmpty()).limit(MOST_ENVIRONMENTS).toList()) {
        var path = path(line);
        if (path == null
            || path.depth() > MOST_DEPTH
            || !path.startsWith(places.within()) && !machineWide(path)) {
          places
              .out()
              .gap(Metadata.malformed(file, "names an environment outside of what is inspected"));
        } else if (path.startsWith(places.within())) {
          for (var folder : places.at(path)) {
            environments.look(Environment.of("conda environment", folder));
          }
        }
      }
    } catch (UnreadableException e) {
      places.out().gap(e);
    }
  }

  private static @Nullable BytePath path(String line) {
    var text = line.matches("[A-Za-z]:\\\\.*") ? line.substring(2).replace('\\', '/') : line;
    return text.startsWith("/")
        ? Links.lexical(BytePath.ROOT, text.getBytes(StandardCharsets.UTF_8))
        : null;
  }

  /// Whether the look at the machine finds it: directly in `/opt`, or inside what lies there.
  private static boolean machineWide(BytePath path) {
    var opt = path.startsWith(BytePath.parse("/opt"));
    return opt
        && (path.depth() == 2 || path.depth() == 4 && path.parent().nameText().equals("envs"));
  }
}
