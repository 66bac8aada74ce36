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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Packages of Debian and its descendants, from dpkg's own record (dpkg(1)): those that are
/// installed, and those that were left half way with their files on the disk. What a package leaves
/// behind when it is removed (its settings) is no package.
///
/// The list of each package's files (`info/*.list`) is not read, so nobody can say which process
/// runs from a package: the lists of 900 packages with a look at each of their programs take six
/// times as long as all the rest, for each scan, where the few processes that matter could be
/// asked.
///
/// Does not see: programs unpacked from a `.deb` without dpkg, and databases elsewhere
/// (`--admindir`).
public final class DpkgSource implements Source {
  private static final BytePath STATUS = BytePath.parse("/var/lib/dpkg/status");
  private static final BytePath UPDATES = BytePath.parse("/var/lib/dpkg/updates");
  private static final BytePath STATUS_FOLDER = BytePath.parse("/var/lib/dpkg/status.d");
  private static final int MAX_BYTES = 64 << 20;
  private static final Set<String> FIELDS = Set.of("Package", "Status", "Version", "Architecture");

  /// States in which a package's programs are in place.
  private static final Set<String> INSTALLED =
      Set.of("installed", "triggers-pending", "triggers-awaited");

  /// States in which they may be.
  private static final Set<String> HALF_WAY =
      Set.of("half-installed", "unpacked", "half-configured");

  /// @param file that says so
  private record Entry(BytePath file, Map<String, String> fields) {}

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
    var entries = new LinkedHashMap<String, Entry>();
    for (var file : records(places)) {
      for (var fields : paragraphs(places, file)) {
        // Of one package there is one state for each architecture, the last that was written.
        var key = fields.get("Package") + ":" + fields.get("Architecture");
        entries.put(key, new Entry(file, fields));
      }
    }
    if (!entries.isEmpty()) {
      var managed = new Managed("dpkg", "deb", OsRelease.id(places, "debian"), "+-.");
      entries.values().forEach(entry -> report(places, managed, entry));
    }
  }

  /// The status, then what dpkg has noted since and not yet put into it. Images without dpkg itself
  /// keep one file for each package instead, most without a status.
  private static List<BytePath> records(Places places) {
    var files = new ArrayList<BytePath>();
    files.add(STATUS);
    for (var entry : places.list(UPDATES)) {
      var path = UPDATES.resolve(entry.name());
      if (path.nameText().chars().allMatch(Character::isDigit)) {
        files.add(path);
      }
    }
    for (var entry : places.list(STATUS_FOLDER)) {
      var path = STATUS_FOLDER.resolve(entry.name());
      if (entry.kind() != FileKind.DIRECTORY && !path.nameText().endsWith(".md5sums")) {
        files.add(path);
      }
    }
    return files;
  }

  private static List<Map<String, String>> paragraphs(Places places, BytePath file) {
    try {
      var bytes = places.tree().read(file, MAX_BYTES);
      return bytes == null ? List.of() : Paragraphs.of(bytes, FIELDS, true);
    } catch (UnreadableException e) {
      places.out().gap(e);
      return List.of();
    }
  }

  private static void report(Places places, Managed managed, Entry entry) {
    var fields = entry.fields();
    var state = state(fields.get("Status"), entry.file().startsWith(STATUS_FOLDER));
    var name = fields.get("Package");
    // A paragraph without a name is broken, whatever state it claims.
    if (name == null || INSTALLED.contains(state) || HALF_WAY.contains(state)) {
      managed.report(
          places,
          entry.file(),
          name,
          fields.get("Version"),
          fields.get("Architecture"),
          HALF_WAY.contains(state) ? "half installed" : null);
    }
  }

  /// What is wanted, whether all is well, and the state.
  private static String state(@Nullable String status, boolean installedUnlessSaid) {
    if (status == null) {
      return installedUnlessSaid ? "installed" : "";
    }
    var words = status.split(" +");
    return words.length == 3 ? words[2] : "";
  }
}
