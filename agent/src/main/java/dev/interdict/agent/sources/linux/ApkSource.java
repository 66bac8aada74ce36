package dev.interdict.agent.sources.linux;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.OsRelease;
import dev.interdict.agent.sources.reading.Places;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Packages of Alpine and its kin, from apk's list of what is installed (`P:` name, `V:` version,
/// `A:` architecture; apk-installed(5)).
///
/// Does not see: roots of their own that apk was given with `--root`.
public final class ApkSource implements Source {
  private static final List<String> FOLDERS = List.of("lib/apk/db", "usr/lib/apk/db");
  private static final int MAX_BYTES = 64 << 20;
  private static final Set<String> FIELDS = Set.of("P", "V", "A");

  @Override
  public String name() {
    return "apk";
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    // apk installs nothing into a home.
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    var places = new Places(system, BytePath.ROOT, out);
    var folders = new ArrayList<BytePath>();
    FOLDERS.forEach(folder -> folders.addAll(places.find(BytePath.ROOT, folder)));
    for (var folder : folders.stream().distinct().toList()) {
      var file = folder.resolve("installed");
      try {
        var bytes = system.read(file, MAX_BYTES);
        if (bytes != null) {
          var managed = new Managed("apk", "apk", OsRelease.id(places, "alpine"), "+-._");
          for (var fields : Paragraphs.of(bytes, FIELDS, false)) {
            managed.report(places, file, fields.get("P"), fields.get("V"), fields.get("A"), null);
          }
        }
      } catch (UnreadableException e) {
        out.gap(e);
      }
    }
  }
}
