package dev.interdict.agent.sources.linux;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.OsRelease;
import dev.interdict.agent.sources.reading.Places;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// Packages of Arch and its kin, from pacman's local database: one folder for each with a `desc`
/// file, in which a line `%NAME%` stands before each value. Packages that were built from recipes
/// of users (AUR) look the same.
///
/// Does not see: databases elsewhere (`DBPath`).
public final class PacmanSource implements Source {
  private static final BytePath LOCAL = BytePath.parse("/var/lib/pacman/local");
  private static final int MAX_BYTES = 1 << 20;

  @Override
  public String name() {
    return "pacman";
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    // pacman installs nothing into a home.
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    var places = new Places(system, BytePath.ROOT, out);
    var entries = places.list(LOCAL);
    if (entries.isEmpty()) {
      return;
    }
    var managed = new Managed("pacman", "alpm", OsRelease.id(places, "arch"), "+-._@");
    for (var entry : entries) {
      var file = LOCAL.resolve(entry.name()).resolve("desc");
      if (entry.kind() == FileKind.DIRECTORY) {
        try {
          var bytes = system.read(file, MAX_BYTES);
          if (bytes != null) {
            var fields = fields(new String(bytes, StandardCharsets.UTF_8));
            managed.report(
                places,
                file,
                fields.get("%NAME%"),
                fields.get("%VERSION%"),
                fields.get("%ARCH%"),
                null);
          }
        } catch (UnreadableException e) {
          out.gap(e);
        }
      }
    }
  }

  /// The first line after each name.
  private static Map<String, String> fields(String text) {
    var fields = new HashMap<String, String>();
    var name = "";
    for (var line : text.split("\n")) {
      if (line.startsWith("%") && line.endsWith("%")) {
        name = line;
      } else if (!line.isBlank() && !name.isEmpty()) {
        fields.putIfAbsent(name, line.strip());
      }
    }
    return fields;
  }
}
