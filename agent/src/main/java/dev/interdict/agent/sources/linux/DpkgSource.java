package dev.interdict.agent.sources.linux;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.identity.PackageUrl;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Packages of Debian and its descendants, from dpkg's own record; their files belong to dpkg, so
/// an item has no parts.
///
/// Does not see: programs unpacked from a `.deb` without dpkg.
public final class DpkgSource implements Source {
  private static final BytePath STATUS = BytePath.parse("/var/lib/dpkg/status");
  private static final BytePath STATUS_FOLDER = BytePath.parse("/var/lib/dpkg/status.d");
  private static final int MAX_BYTES = 32 << 20;

  @Override
  public String name() {
    return "dpkg";
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    // dpkg installs nothing into a home.
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    var places = new Places(system, BytePath.ROOT, out);
    file(places, STATUS, false);
    // Images without dpkg itself keep one file for each package here, most without a status.
    for (var entry : places.list(STATUS_FOLDER)) {
      var path = STATUS_FOLDER.resolve(entry.name());
      if (entry.kind() != FileKind.DIRECTORY && !path.nameText().endsWith(".md5sums")) {
        file(places, path, true);
      }
    }
  }

  private static void file(Places places, BytePath file, boolean installedUnlessSaid) {
    try {
      var bytes = places.tree().read(file, MAX_BYTES);
      if (bytes == null) {
        return;
      }
      Map<String, String> fields = new HashMap<>();
      for (var line :
          (Iterable<String>) new String(bytes, StandardCharsets.UTF_8).lines()::iterator) {
        if (line.isBlank()) {
          paragraph(places, file, fields, installedUnlessSaid);
          fields.clear();
        } else if (line.charAt(0) != ' ' && line.charAt(0) != '\t') {
          field(line, fields);
        }
      }
      paragraph(places, file, fields, installedUnlessSaid);
    } catch (UnreadableException e) {
      places.out().gap(e);
    }
  }

  /// Field names compare without case (deb-control(5)); only three matter.
  private static void field(String line, Map<String, String> fields) {
    for (var name : List.of("Package", "Status", "Version")) {
      if (line.length() > name.length()
          && line.charAt(name.length()) == ':'
          && line.regionMatches(true, 0, name, 0, name.length())) {
        fields.put(name, line.substring(name.length() + 1).strip());
      }
    }
  }

  private static void paragraph(
      Places places, BytePath file, Map<String, String> fields, boolean installedUnlessSaid) {
    if (fields.isEmpty()) {
      return;
    }
    var name = fields.getOrDefault("Package", "");
    var status = fields.getOrDefault("Status", installedUnlessSaid ? "install ok installed" : "");
    if (!validName(name)) {
      places.out().gap(Metadata.malformed(file, "holds a package without a valid name"));
    } else if (status.endsWith(" ok installed")) {
      var version = fields.get("Version");
      var plain = Metadata.plainVersion(version) ? version : null;
      var purl = PackageUrl.of("deb", "debian", name);
      places
          .out()
          .item(
              new Item(
                  "dpkg",
                  new Identity.OfPackage(plain == null ? purl : purl.withVersion(plain)),
                  plain,
                  null,
                  file,
                  List.of()));
    }
  }

  private static boolean validName(String name) {
    return name.length() >= 2
        && name.length() <= 128
        && name.chars()
            .allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || "+-.".indexOf(c) >= 0);
  }
}
