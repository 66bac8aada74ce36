package dev.interdict.agent.platform.linux.managers;

import dev.interdict.agent.enforce.ManagedPackage;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.identity.Glob;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Packages of Fedora, RHEL, openSUSE and their kin, by rpm(8) rather than dnf or zypper: `rpm -e`
/// takes the one package that it is told or nothing, where a solver may take others to do so, and
/// rpm is on all of them. Changed settings stay as `.rpmsave`. What dnf protects (`protected.d`,
/// dnf.conf(5)) is protected here too. dnf notes at its next start that somebody else changed the
/// database.
///
/// The database that the inventory read is the one that is changed; a database in a home is not.
final class Rpm implements Packages {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,127}");
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+~^]{0,127}");
  private static final Pattern ARCHITECTURE = Pattern.compile("[A-Za-z0-9_]{1,32}");
  private static final Pattern EPOCH = Pattern.compile("[0-9]{0,10}");

  private static final Pattern DEPENDANT =
      Pattern.compile("\\t.* is needed by \\(installed\\) (\\S+)");
  private static final String FORMAT = "%{NAME}\\t%{EPOCH}\\t%{VERSION}-%{RELEASE}\\t%{ARCH}\\n";

  private static final Set<BytePath> FOLDERS =
      Set.of(
          BytePath.parse("/var/lib/rpm"),
          BytePath.parse("/usr/lib/sysimage/rpm"),
          BytePath.parse("/usr/share/rpm"));
  private static final List<BytePath> PROTECTED =
      List.of(BytePath.parse("/etc/dnf/protected.d"), BytePath.parse("/etc/yum/protected.d"));
  private static final int MOST_BYTES = 1 << 20;

  /// Files that are asked for one by one.
  private static final int MOST_ASKED = 32;

  private final Programs programs;
  private final ManagedRoot root;
  private final Tree system;

  Rpm(Programs programs, ManagedRoot root, Tree system) {
    this.programs = programs;
    this.root = root;
    this.system = system;
  }

  @Override
  public String manager() {
    return "rpm";
  }

  /// The record must be a database in one of rpm's own folders, and every field must be stated.
  @Override
  public Optional<Named> named(ManagedPackage managed) {
    var purl = managed.purl();
    var dash = purl.version().indexOf('-');
    var arch = purl.qualifiers().getOrDefault("arch", "");
    var valid =
        FOLDERS.contains(managed.record().parent())
            && NAME.matcher(purl.name()).matches()
            && !purl.name().contains("..")
            && dash > 0
            && VERSION.matcher(purl.version().substring(0, dash)).matches()
            && VERSION.matcher(purl.version().substring(dash + 1)).matches()
            && ARCHITECTURE.matcher(arch).matches()
            && EPOCH.matcher(purl.qualifiers().getOrDefault("epoch", "")).matches();
    return valid
        ? Optional.of(
            new Named(
                purl.name() + "-" + purl.version() + "." + arch,
                purl.name(),
                purl.version(),
                managed.record()))
        : Optional.empty();
  }

  private List<String> rpm(Named named, List<String> options) {
    var arguments = new ArrayList<String>();
    if (!root.running()) {
      arguments.add("--root=" + root.path());
    }
    arguments.add("--dbpath=" + named.record().parent());
    arguments.addAll(options);
    arguments.addAll(List.of("--", named.argument()));
    return arguments;
  }

  private Reply ask(Named named, String... options) throws NotRemovedException {
    return programs.ask("rpm", Map.of(), rpm(named, List.of(options)));
  }

  @Override
  public Optional<Installed> installed(Named named) throws NotRemovedException {
    var reply = ask(named, "--query", "--queryformat=" + FORMAT);
    if (reply.code() == 1
        && reply.lines().equals(List.of("package " + named.argument() + " is not installed"))) {
      return Optional.empty();
    }
    var lines = reply.lines();
    var fields = lines.size() == 1 ? lines.getFirst().split("\t", -1) : new String[0];
    if (!reply.well() || fields.length != 4 || !fields[0].equals(named.name())) {
      throw NotRemovedException.unclear("rpm", reply);
    }
    return Optional.of(Installed.whole(fields[2]));
  }

  @Override
  public void requireDispensable(Named named) throws NotRemovedException {
    guarded(named.name());
  }

  /// rpm names every owner of each file in turn: as many names as files, all of this package, mean
  /// that no file has another owner. Where there are more, each is asked for by itself.
  @Override
  public Set<BytePath> alone(Named named, List<BytePath> files) throws NotRemovedException {
    var together = owners(named, files);
    if (together.size() == files.size() && together.stream().allMatch(named.argument()::equals)) {
      return Set.copyOf(files);
    }
    var alone = new HashSet<BytePath>();
    for (var file : files.subList(0, Math.min(MOST_ASKED, files.size()))) {
      if (owners(named, List.of(file)).equals(List.of(named.argument()))) {
        alone.add(file);
      }
    }
    return alone;
  }

  private List<String> owners(Named named, List<BytePath> files) throws NotRemovedException {
    var arguments = new ArrayList<String>();
    if (!root.running()) {
      arguments.add("--root=" + root.path());
    }
    arguments.add("--dbpath=" + named.record().parent());
    arguments.addAll(
        List.of(
            "--query", "--file", "--queryformat=%{NAME}-%{VERSION}-%{RELEASE}.%{ARCH}\\n", "--"));
    for (var file : files) {
      arguments.add("/" + new String(file.kernelBytes(), StandardCharsets.UTF_8));
    }
    return programs.ask("rpm", Map.of(), arguments).lines();
  }

  @Override
  public void rehearse(Named named) throws NotRemovedException {
    requireDispensable(named);
    verdict(ask(named, "--erase", "--test"));
  }

  /// What a test says: nothing, where all is well. Debian's rpm adds that it is not the system's.
  static void verdict(Reply reply) throws NotRemovedException {
    var dependants = new TreeSet<String>();
    for (var line : reply.complaints()) {
      var match = DEPENDANT.matcher(line);
      if (match.matches()) {
        dependants.add(match.group(1));
      }
    }
    if (!dependants.isEmpty()) {
      throw NotRemovedException.needed(dependants);
    }
    var other = reply.complaints().stream().anyMatch(line -> !line.startsWith("rpm: "));
    if (!reply.well() || other || !reply.lines().isEmpty()) {
      throw NotRemovedException.unclear("rpm", reply);
    }
  }

  private void guarded(String name) throws NotRemovedException {
    try {
      for (var folder : PROTECTED) {
        for (var entry : system.list(folder)) {
          var file = folder.resolve(entry.name());
          var bytes = entry.kind() == FileKind.REGULAR ? system.read(file, MOST_BYTES) : null;
          if (bytes != null && holds(new String(bytes, StandardCharsets.UTF_8), name)) {
            throw NotRemovedException.refused(Refusal.NEEDED, "dnf protects it");
          }
        }
      }
    } catch (UnreadableException e) {
      throw NotRemovedException.refused(
          Refusal.NEEDED, "dnf may protect it: its list cannot be read");
    }
  }

  private static boolean holds(String list, String name) {
    return list.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .flatMap(line -> Stream.of(line.split("[\\s,]+")))
        .anyMatch(word -> protects(word, name));
  }

  /// What cannot be read as a pattern may mean anything, and so may a class of characters, which
  /// dnf knows (glob(7)) and our patterns do not.
  private static boolean protects(String word, String name) {
    if (word.contains("[")) {
      return true;
    }
    try {
      return Glob.of(word).matches(name);
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  @Override
  public List<BytePath> files(Named named) throws NotRemovedException {
    var reply = ask(named, "--query", "--list");
    if (!reply.well()) {
      throw NotRemovedException.unclear("rpm", reply);
    }
    return Listing.paths(reply.lines().stream().filter(line -> line.startsWith("/")).toList());
  }

  @Override
  public boolean runsScripts(Named named) throws NotRemovedException {
    var reply = ask(named, "--query", "--scripts", "--triggers", "--filetriggers");
    if (!reply.well()) {
      throw NotRemovedException.unclear("rpm", reply);
    }
    return !reply.lines().isEmpty();
  }

  @Override
  public Reply remove(Named named) throws NotRemovedException {
    var options =
        root.scripts() ? List.of("--erase") : List.of("--erase", "--noscripts", "--notriggers");
    return programs.act("rpm", Map.of(), rpm(named, options), Rpm::locked);
  }

  private static boolean locked(Reply reply) {
    return reply.errors().contains("can't create transaction lock")
        || reply.errors().contains("database is locked");
  }
}
