package dev.interdict.agent.sources.python;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.sources.reading.Launchers;
import dev.interdict.agent.sources.reading.Places;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Looks into the environments of one home or of the machine, each folder of packages once, however
/// many names lead to it.
final class Environments {
  private final Places places;
  private final SitePackages packages;
  private final CondaRecords conda;
  private final Set<BytePath> looked = new HashSet<>();

  Environments(Places places, @Nullable Home owner, Launchers launchers) {
    this.places = places;
    this.packages = new SitePackages(places, owner, launchers);
    this.conda = new CondaRecords(places, owner);
  }

  /// Looks at one environment, and at those that conda keeps inside it.
  void look(Environment environment) {
    var folder = environment.folder();
    for (var records : places.at(folder.resolve("conda-meta"))) {
      if (looked.add(records)) {
        conda.report(records);
        for (var inner : places.find(folder, "envs/*")) {
          look(Environment.of("conda environment", inner));
        }
      }
    }
    folders(folder).forEach(found -> packages(found, environment));
  }

  /// Looks at one folder of packages.
  void packages(BytePath folder, Environment environment) {
    if (looked.add(folder)) {
      packages.report(folder, places.list(folder), environment);
    }
  }

  private List<BytePath> folders(BytePath environment) {
    var found = new ArrayList<BytePath>();
    for (var library : List.of("lib", "lib64")) {
      for (var lib : places.at(environment.resolve(library))) {
        if (looked.add(lib)) {
          for (var entry : places.list(lib)) {
            if (interpreter(entry)) {
              var home = lib.resolve(entry.name());
              found.addAll(places.at(home.resolve("site-packages")));
              found.addAll(places.at(home.resolve("dist-packages")));
            }
          }
        }
      }
    }
    found.addAll(places.at(environment.resolve("Lib/site-packages")));
    return found;
  }

  private static boolean interpreter(Tree.Entry entry) {
    return (entry.kind() == FileKind.DIRECTORY || entry.kind() == FileKind.LINK)
        && (Places.matches("python*", entry.name()) || Places.matches("pypy*", entry.name()));
  }
}
