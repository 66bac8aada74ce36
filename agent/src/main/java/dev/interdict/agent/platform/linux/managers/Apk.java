package dev.interdict.agent.platform.linux.managers;

import dev.interdict.agent.enforce.ManagedPackage;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.report.ErrorClass;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Packages of Alpine and its kin, by `apk del` (apk-del(8)). apk takes with a package whatever
/// nobody needs any more, and knows no other way: such a removal is refused with the list, and a
/// person keeps those by `apk add` or lets them go. What stands installed is read from apk's own
/// database (apk-installed(5)).
///
/// Grammar: apk-package(5), `pkgname` and `pkgver`.
final class Apk implements Packages {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9+._-]{0,127}");
  private static final Pattern VERSION = Pattern.compile("[0-9][A-Za-z0-9._-]{0,127}");
  private static final Pattern TAKES =
      Pattern.compile("\\([0-9]+/[0-9]+\\) Purging (\\S+) \\(\\S+\\)");
  private static final Pattern WORK =
      Pattern.compile("\\([0-9]+/[0-9]+\\) [A-Z][a-z]+ (\\S+) \\(.*\\)");
  private static final Pattern KEPT = Pattern.compile("  (\\S+): (.+)");
  private static final Pattern HARMLESS =
      Pattern.compile("OK: .*|World updated, but .*|Executing \\S+\\.trigger|WARNING: .*");
  private static final int MOST_BYTES = 64 << 20;

  private final Programs programs;
  private final Tree system;

  Apk(Programs programs, Tree system) {
    this.programs = programs;
    this.system = system;
  }

  @Override
  public String manager() {
    return "apk";
  }

  @Override
  public Optional<Named> named(ManagedPackage managed) {
    var purl = managed.purl();
    return NAME.matcher(purl.name()).matches()
            && !purl.name().contains("..")
            && VERSION.matcher(purl.version()).matches()
        ? Optional.of(new Named(purl.name(), purl.name(), purl.version(), managed.record()))
        : Optional.empty();
  }

  @Override
  public Optional<Installed> installed(Named named) throws NotRemovedException {
    return Optional.ofNullable(record(named)).map(lines -> Installed.whole(value(lines, "V:")));
  }

  /// The package's lines in the database; null where it has none.
  private @Nullable List<String> record(Named named) throws NotRemovedException {
    return record(database(named), named.name());
  }

  private String database(Named named) throws NotRemovedException {
    try {
      var bytes = system.read(named.record(), MOST_BYTES);
      return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    } catch (UnreadableException e) {
      throw NotRemovedException.failed(
          ErrorClass.PACKAGE_MANAGER_ERROR, "the database of apk cannot be read: " + e.reason());
    }
  }

  static @Nullable List<String> record(String database, String name) {
    var lines = new ArrayList<String>();
    for (var line : (Iterable<String>) database.lines()::iterator) {
      if (!line.isEmpty()) {
        lines.add(line);
      } else if (lines.contains("P:" + name)) {
        return lines;
      } else {
        lines.clear();
      }
    }
    return lines.contains("P:" + name) ? lines : null;
  }

  private static @Nullable String value(List<String> lines, String field) {
    return lines.stream()
        .filter(line -> line.startsWith(field))
        .map(line -> line.substring(field.length()))
        .findFirst()
        .orElse(null);
  }

  @Override
  public void rehearse(Named named) throws NotRemovedException {
    var reply =
        programs.act(
            "apk",
            Map.of(),
            List.of("del", "--simulate", "--no-progress", "--", named.argument()),
            Apk::locked);
    verdict(named.name(), reply);
  }

  /// What a simulation says: one line for each package that would change.
  static void verdict(String name, Reply reply) throws NotRemovedException {
    var others = new TreeSet<String>();
    var taken = 0;
    for (var line : reply.lines()) {
      var takes = TAKES.matcher(line);
      var work = WORK.matcher(line);
      var kept = KEPT.matcher(line);
      if (takes.matches() && takes.group(1).equals(name)) {
        taken++;
      } else if (work.matches()) {
        others.add(work.group(1));
      } else if (kept.matches()) {
        others.addAll(List.of(kept.group(2).strip().split(" +")));
      } else if (!HARMLESS.matcher(line).matches()) {
        throw NotRemovedException.unclear("apk", reply);
      }
    }
    if (!others.isEmpty()) {
      throw NotRemovedException.needed(others);
    }
    if (!reply.well() || taken != 1) {
      throw NotRemovedException.unclear("apk", reply);
    }
  }

  @Override
  public List<BytePath> files(Named named) throws NotRemovedException {
    var lines = record(named);
    return lines == null ? List.of() : Listing.paths(paths(lines));
  }

  /// The database says of every package which files it has.
  @Override
  public Set<BytePath> alone(Named named, List<BytePath> files) throws NotRemovedException {
    var times = new HashMap<BytePath, Integer>();
    for (var path : Listing.paths(paths(database(named).lines().toList()))) {
      times.merge(path, 1, Integer::sum);
    }
    return files.stream()
        .filter(file -> times.getOrDefault(file, 0) == 1)
        .collect(Collectors.toUnmodifiableSet());
  }

  /// `F:` is a folder and `R:` a file in the last one.
  private static List<String> paths(List<String> lines) {
    var paths = new ArrayList<String>();
    var folder = "";
    for (var line : lines) {
      if (line.startsWith("F:")) {
        folder = line.substring(2);
      } else if (line.startsWith("R:")) {
        paths.add(folder + "/" + line.substring(2));
      }
    }
    return paths;
  }

  /// Triggers of other packages run with every removal.
  @Override
  public boolean runsScripts(Named named) {
    return true;
  }

  @Override
  public Reply remove(Named named) throws NotRemovedException {
    return programs.act(
        "apk", Map.of(), List.of("del", "--no-progress", "--", named.argument()), Apk::locked);
  }

  private static boolean locked(Reply reply) {
    return reply.errors().contains("Unable to lock database");
  }
}
