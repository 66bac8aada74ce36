package dev.interdict.agent.platform.linux.managers;

import dev.interdict.agent.enforce.ManagedPackage;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
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

/// Packages of Arch and its kin, by pacman(8). `-R` alone takes neither what needs the package nor
/// what nobody needs any more, and leaves changed settings as `.pacsave`. What `HoldPkg` names is
/// not taken: pacman asks, and nobody answers.
///
/// Grammar: PKGBUILD(5), `pkgname` and `pkgver`.
final class Pacman implements Packages {
  private static final Pattern NAME = Pattern.compile("[a-z0-9@_+][a-z0-9@._+-]{0,127}");
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+~:-]{0,127}");

  private static final Pattern DEPENDANT =
      Pattern.compile(":: removing \\S+ breaks dependency '.*' required by (\\S+)");

  private static final BytePath LOCAL = BytePath.parse("/var/lib/pacman/local");
  private static final int MOST_BYTES = 16 << 20;

  private final Programs programs;
  private final ManagedRoot root;
  private final Tree system;

  Pacman(Programs programs, ManagedRoot root, Tree system) {
    this.programs = programs;
    this.root = root;
    this.system = system;
  }

  @Override
  public String manager() {
    return "pacman";
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

  private List<String> pacman(Named named, String... options) {
    var arguments = new ArrayList<>(List.of(options));
    if (!root.running()) {
      arguments.addAll(
          List.of(
              "--root=" + root.path(),
              "--dbpath=" + root.resolve("var/lib/pacman"),
              "--config=" + root.resolve("etc/pacman.conf")));
    }
    arguments.addAll(List.of("--", named.argument()));
    return arguments;
  }

  private Reply ask(Named named, String... options) throws NotRemovedException {
    return programs.ask("pacman", Map.of(), pacman(named, options));
  }

  @Override
  public Optional<Installed> installed(Named named) throws NotRemovedException {
    var reply = ask(named, "--query");
    var missing = "error: package '" + named.argument() + "' was not found";
    if (reply.code() == 1 && reply.complaints().contains(missing)) {
      return Optional.empty();
    }
    var lines = reply.lines();
    var fields = lines.size() == 1 ? lines.getFirst().split(" ", -1) : new String[0];
    if (!reply.well() || fields.length != 2 || !fields[0].equals(named.name())) {
      throw NotRemovedException.unclear("pacman", reply);
    }
    return Optional.of(Installed.whole(fields[1]));
  }

  @Override
  public void rehearse(Named named) throws NotRemovedException {
    verdict(named.name(), ask(named, "--remove", "--print", "--print-format=%n %v", "--noconfirm"));
  }

  /// What it prints in place of a removal: exactly the one package.
  static void verdict(String name, Reply reply) throws NotRemovedException {
    var others = new TreeSet<String>();
    var taken = 0;
    for (var line : reply.lines()) {
      var dependant = DEPENDANT.matcher(line);
      var fields = line.split(" ", -1);
      if (dependant.matches()) {
        others.add(dependant.group(1));
      } else if (line.contains("HoldPkg")) {
        throw NotRemovedException.refused(Refusal.NEEDED, "pacman.conf holds it (HoldPkg)");
      } else if (fields.length != 2) {
        throw NotRemovedException.unclear("pacman", reply);
      } else if (fields[0].equals(name)) {
        taken++;
      } else {
        others.add(fields[0]);
      }
    }
    if (!others.isEmpty()) {
      throw NotRemovedException.needed(others);
    }
    if (!reply.well() || taken != 1) {
      throw NotRemovedException.unclear("pacman", reply);
    }
  }

  /// pacman writes them below the root that it was given.
  @Override
  public List<BytePath> files(Named named) throws NotRemovedException {
    var reply = ask(named, "--query", "--list", "--quiet");
    if (!reply.well()) {
      throw NotRemovedException.unclear("pacman", reply);
    }
    var before = root.running() ? "" : root.path().toString();
    return Listing.paths(
        reply.lines().stream()
            .filter(line -> line.startsWith(before + "/"))
            .map(line -> line.substring(before.length()))
            .toList());
  }

  /// Asked for a file, pacman names the first owner that it comes across; its records say of every
  /// package which files it has (`files`, alpm-db-files(5)).
  @Override
  public Set<BytePath> alone(Named named, List<BytePath> files) throws NotRemovedException {
    var times = new HashMap<BytePath, Integer>();
    try {
      for (var entry : system.list(LOCAL)) {
        var bytes =
            entry.kind() == FileKind.DIRECTORY
                ? system.read(LOCAL.resolve(entry.name()).resolve("files"), MOST_BYTES)
                : null;
        if (bytes != null) {
          var lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
          Listing.paths(lines).forEach(path -> times.merge(path, 1, Integer::sum));
        }
      }
    } catch (UnreadableException e) {
      throw NotRemovedException.failed(
          ErrorClass.PACKAGE_MANAGER_ERROR, "pacman's records cannot be read: " + e.reason());
    }
    return files.stream()
        .filter(file -> times.getOrDefault(file, 0) == 1)
        .collect(Collectors.toUnmodifiableSet());
  }

  /// Hooks of other packages run with every removal.
  @Override
  public boolean runsScripts(Named named) {
    return true;
  }

  @Override
  public Reply remove(Named named) throws NotRemovedException {
    return programs.act(
        "pacman",
        Map.of(),
        pacman(named, "--remove", "--noconfirm", "--noprogressbar"),
        Pacman::locked);
  }

  private static boolean locked(Reply reply) {
    return reply.errors().contains("unable to lock database");
  }
}
