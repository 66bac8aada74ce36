package dev.interdict.agent.sources.residue;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Launchers;
import dev.interdict.agent.sources.reading.Links;
import dev.interdict.agent.sources.reading.PropertyList;
import dev.interdict.policy.Residue;
import java.util.List;
import java.util.Set;

/// Services of systemd (systemd.unit(5), UNIT FILE LOAD PATH) and launchd (launchd.plist(5)) by
/// their names, as their files stand in the folders for what an administrator or a user put there.
/// Units below `/usr/lib` belong to packages and go with them.
final class Services {
  private static final List<String> UNITS_IN_HOMES =
      List.of(".config/systemd/user", ".local/share/systemd/user");
  private static final List<String> UNITS_ON_MACHINES =
      List.of(
          "etc/systemd/system",
          "etc/systemd/user",
          "usr/local/lib/systemd/system",
          "usr/local/lib/systemd/user");
  private static final List<String> AGENTS_IN_HOMES = List.of("Library/LaunchAgents");
  private static final List<String> AGENTS_ON_MACHINES =
      List.of("Library/LaunchAgents", "Library/LaunchDaemons");

  /// Units that start something; mounts, devices, targets and slices do not.
  private static final Set<String> TYPES = Set.of("service", "timer", "socket", "path");

  private final Remains remains;

  Services(Remains remains) {
    this.remains = remains;
  }

  void look() {
    var home = remains.owner() != null;
    for (var folder : home ? UNITS_IN_HOMES : UNITS_ON_MACHINES) {
      find(folder).forEach(this::units);
    }
    for (var folder : home ? AGENTS_IN_HOMES : AGENTS_ON_MACHINES) {
      find(folder).forEach(this::agents);
    }
  }

  private List<BytePath> find(String folder) {
    return remains.places().find(remains.places().within(), folder);
  }

  private void units(BytePath folder) {
    var entries = remains.places().list(folder);
    var launchers = new Launchers(remains.places());
    var units = new UnitFile(remains.places(), folder);
    for (var entry : entries) {
      var path = folder.resolve(entry.name());
      if (entry.kind() == FileKind.DIRECTORY && isWants(path.nameText())) {
        launchers.links(path);
      }
    }
    for (var entry : entries) {
      var path = folder.resolve(entry.name());
      try {
        if (isUnit(path.nameText()) && own(folder, path, entry)) {
          var parts = remains.file(path, launchers.into(path));
          var starts = parts.isEmpty() ? List.<BytePath>of() : units.starts(path.nameText());
          remains.tell(Residue.SERVICE, path.nameText(), path, parts, starts);
        }
      } catch (UnreadableException e) {
        remains.places().out().gap(e);
      }
    }
  }

  /// A link to a unit of a package is that package's, one to `/dev/null` forbids the unit.
  private boolean own(BytePath folder, BytePath path, Tree.Entry entry) throws UnreadableException {
    if (entry.kind() != FileKind.LINK) {
      return entry.kind() == FileKind.REGULAR;
    }
    var target = remains.places().tree().readLink(path);
    var meant = target == null ? null : Links.lexical(folder, target);
    return meant != null
        && !meant.equals(BytePath.parse("/dev/null"))
        && !meant.startsWith(BytePath.parse("/usr/lib/systemd"))
        && !meant.startsWith(BytePath.parse("/lib/systemd"))
        && !meant.parent().equals(folder);
  }

  private static boolean isWants(String name) {
    return name.endsWith(".wants") || name.endsWith(".requires");
  }

  /// systemd reads no file of another name.
  private static boolean isUnit(String name) {
    var dot = name.lastIndexOf('.');
    return dot > 0
        && name.length() <= 255
        && TYPES.contains(name.substring(dot + 1))
        && name.chars()
            .allMatch(c ->
                c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || ":_.\\@-".indexOf(c) >= 0);
  }

  /// What an agent starts, where it names the program apart from its arguments.
  private List<BytePath> program(BytePath file) {
    try {
      var texts = PropertyList.texts(remains.places().tree(), file);
      var program = texts == null ? null : texts.get("Program");
      var started = program == null ? null : Started.by(List.of(program), remains.places());
      return started == null ? List.of() : List.of(started);
    } catch (UnreadableException e) {
      // That the file is there is told; what it starts nobody can say.
      return List.of();
    }
  }

  /// launchd goes by the label inside; the file is named after it by convention.
  private void agents(BytePath folder) {
    for (var entry : remains.places().list(folder)) {
      var path = folder.resolve(entry.name());
      var name = path.nameText();
      if (entry.kind() != FileKind.REGULAR || !name.endsWith(".plist")) {
        continue;
      }
      var label = name.substring(0, name.length() - ".plist".length());
      try {
        if (Remains.plain(label)) {
          var parts = remains.file(path, List.of());
          remains.tell(
              Residue.SERVICE, label, path, parts, parts.isEmpty() ? List.of() : program(path));
        }
      } catch (UnreadableException e) {
        remains.places().out().gap(e);
      }
    }
  }
}
