package dev.interdict.agent.platform.linux.managers;

import dev.interdict.agent.enforce.ManagedPackage;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.BytePath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Packages of Debian and its descendants, by dpkg(1) and dpkg-query(1) rather than apt: dpkg takes
/// the one package that it is told or nothing, where apt solves, and may take others to do so.
/// `--remove` leaves settings (conffiles) where they are, for whoever edited them. A hold
/// (`apt-mark hold`) is a user's word against upgrades and hinders nothing.
///
/// Grammar: deb-control(5), Debian policy 5.6.1 and 5.6.12.
final class Dpkg implements Packages {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9+.-]{1,127}");
  private static final Pattern ARCHITECTURE = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.+~:-]{0,127}");

  private static final Pattern DEPENDANT = Pattern.compile(" (\\S+) depends on .*");
  private static final Pattern TAKES = Pattern.compile("Would remove or purge (\\S+) \\(.*");
  private static final BytePath USR = BytePath.parse("/usr");
  private static final Pattern PLAIN = Pattern.compile("[^*?\\[\\]\\\\\\p{Cntrl}]+");
  private static final Pattern OWNED =
      Pattern.compile("([a-z0-9][a-z0-9+.-]*)(?::[a-z0-9-]+)?: /.*");
  private static final Pattern READING = Pattern.compile("\\(Reading database .*");
  private static final String FORMAT =
      "${Version}\\t${db:Status-Status}\\t${Essential}\\t${Protected}\\n";
  private static final Set<String> GONE = Set.of("not-installed", "config-files");
  private static final Set<String> WHOLE =
      Set.of("installed", "triggers-pending", "triggers-awaited");

  private final Programs programs;
  private final ManagedRoot root;

  Dpkg(Programs programs, ManagedRoot root) {
    this.programs = programs;
    this.root = root;
  }

  @Override
  public String manager() {
    return "dpkg";
  }

  @Override
  public Optional<Named> named(ManagedPackage managed) {
    var purl = managed.purl();
    var arch = purl.qualifiers().getOrDefault("arch", "");
    return NAME.matcher(purl.name()).matches()
            && !purl.name().contains("..")
            && (arch.isEmpty() || ARCHITECTURE.matcher(arch).matches())
            && (purl.version().isEmpty() || VERSION.matcher(purl.version()).matches())
        ? Optional.of(
            new Named(
                arch.isEmpty() ? purl.name() : purl.name() + ":" + arch,
                purl.name(),
                purl.version().isEmpty() ? null : purl.version(),
                managed.record()))
        : Optional.empty();
  }

  private Reply query(String option, Named named) throws NotRemovedException {
    return programs.ask(
        "dpkg-query",
        Map.of(),
        List.of("--admindir=" + root.resolve("var/lib/dpkg"), option, "--", named.argument()));
  }

  private String[] fields(Named named) throws NotRemovedException {
    var reply =
        programs.ask(
            "dpkg-query",
            Map.of(),
            List.of(
                "--admindir=" + root.resolve("var/lib/dpkg"),
                "--show",
                "--showformat=" + FORMAT,
                "--",
                named.argument()));
    if (reply.code() == 1 && reply.errors().contains("no packages found matching")) {
      return new String[] {"", "not-installed", "", ""};
    }
    var lines = reply.lines();
    var fields = lines.size() == 1 ? lines.getFirst().split("\t", -1) : new String[0];
    if (!reply.well() || fields.length != 4) {
      throw NotRemovedException.unclear("dpkg-query", reply);
    }
    return fields;
  }

  @Override
  public Optional<Installed> installed(Named named) throws NotRemovedException {
    var fields = fields(named);
    return GONE.contains(fields[1])
        ? Optional.empty()
        : Optional.of(new Installed(fields[0], WHOLE.contains(fields[1]), fields[1]));
  }

  @Override
  public void requireDispensable(Named named) throws NotRemovedException {
    var fields = fields(named);
    if (fields[2].equals("yes") || fields[3].equals("yes")) {
      throw NotRemovedException.refused(Refusal.NEEDED, "dpkg calls it essential or protected");
    }
  }

  /// A file that was diverted, or that several packages have, has more than one line or name; one
  /// in /bin may be listed with /usr before it, and the other way round. A name with a character of
  /// dpkg's patterns is asked for by nobody.
  @Override
  public Set<BytePath> alone(Named named, List<BytePath> files) throws NotRemovedException {
    var names = new HashMap<String, BytePath>();
    for (var file : files) {
      var other = file.startsWith(USR) ? file.relativeTo(USR) : USR.resolve(file);
      if (PLAIN.matcher(text(file)).matches()) {
        names.put(text(file), file);
        names.putIfAbsent(text(other), file);
      }
    }
    if (names.isEmpty()) {
      return Set.of();
    }
    var arguments =
        new ArrayList<>(List.of("--admindir=" + root.resolve("var/lib/dpkg"), "--search", "--"));
    arguments.addAll(names.keySet());
    // It ends with 1 where one of the names is unknown.
    var reply = programs.ask("dpkg-query", Map.of(), arguments);
    if (reply.code() > 1) {
      throw NotRemovedException.unclear("dpkg-query", reply);
    }
    return alone(named.name(), names, reply.lines());
  }

  private static String text(BytePath file) {
    return "/" + new String(file.kernelBytes(), StandardCharsets.UTF_8);
  }

  /// @param names of the files that were asked for, each under its names
  static Set<BytePath> alone(String name, Map<String, BytePath> names, List<String> lines) {
    var times = new HashMap<BytePath, Integer>();
    var own = new HashSet<BytePath>();
    for (var line : lines) {
      var file = names.get(line.substring(Math.max(0, line.indexOf('/'))));
      if (file != null) {
        times.merge(file, 1, Integer::sum);
        var owned = OWNED.matcher(line);
        if (owned.matches() && owned.group(1).equals(name)) {
          own.add(file);
        }
      }
    }
    own.removeIf(file -> times.getOrDefault(file, 0) != 1);
    return own;
  }

  @Override
  public void rehearse(Named named) throws NotRemovedException {
    requireDispensable(named);
    verdict(named.name(), programs.ask("dpkg", Map.of(), dpkg(List.of("--simulate"), named)));
  }

  /// What a simulation says: exactly one line that the one package would go, and no complaint.
  static void verdict(String name, Reply reply) throws NotRemovedException {
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
    var taken = new ArrayList<String>();
    for (var line : reply.lines()) {
      var match = TAKES.matcher(line);
      if (match.matches()) {
        taken.add(match.group(1).replaceFirst(":.*", ""));
      } else if (!READING.matcher(line).matches()) {
        throw NotRemovedException.unclear("dpkg", reply);
      }
    }
    var others = taken.stream().filter(other -> !other.equals(name)).toList();
    if (!others.isEmpty()) {
      throw NotRemovedException.needed(others);
    }
    if (!reply.well() || !reply.complaints().isEmpty() || taken.size() != 1) {
      throw NotRemovedException.unclear("dpkg", reply);
    }
  }

  @Override
  public List<BytePath> files(Named named) throws NotRemovedException {
    var reply = query("--listfiles", named);
    if (!reply.well()) {
      throw NotRemovedException.unclear("dpkg-query", reply);
    }
    return Listing.paths(reply.lines().stream().filter(line -> line.startsWith("/")).toList());
  }

  @Override
  public boolean runsScripts(Named named) throws NotRemovedException {
    var reply = query("--control-list", named);
    if (!reply.well()) {
      throw NotRemovedException.unclear("dpkg-query", reply);
    }
    return reply.lines().stream().anyMatch(Set.of("prerm", "postrm")::contains);
  }

  @Override
  public Reply remove(Named named) throws NotRemovedException {
    return programs.act("dpkg", Map.of(), dpkg(List.of(), named), Dpkg::locked);
  }

  /// Whatever a file of settings lets pass, dependencies are kept.
  private List<String> dpkg(List<String> first, Named named) {
    var arguments = new ArrayList<>(first);
    arguments.add("--refuse-depends");
    arguments.add("--refuse-remove-essential");
    if (!root.running()) {
      arguments.add("--root=" + root.path());
    }
    if (!root.scripts()) {
      arguments.add("--no-triggers");
    }
    arguments.addAll(List.of("--remove", "--", named.argument()));
    return arguments;
  }

  private static boolean locked(Reply reply) {
    return reply.errors().contains("lock was locked by another process")
        || reply.errors().contains("is locked by another process");
  }
}
