package dev.interdict.agent.platform.linux.watch;

import dev.interdict.agent.enforce.Watch;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.agent.platform.linux.LinuxProcesses;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Tells who most likely put something there: from the file that the process executes, the script
/// it was started with, and the same of the processes that started it. A process that has ended by
/// now tells nothing.
final class Origin {
  private static final int GENERATIONS = 8;

  /// The programs of the system's package managers, which only root can put there.
  private static final Set<BytePath> MANAGERS =
      Set.copyOf(
          Stream.of(
                  "apt",
                  "apt-get",
                  "dpkg",
                  "unattended-upgrade",
                  "rpm",
                  "dnf",
                  "dnf5",
                  "yum",
                  "zypper",
                  "pacman",
                  "apk",
                  "snap",
                  "flatpak")
              .map(name -> BytePath.parse("/usr/bin/" + name))
              .toList());

  private static final Set<BytePath> HELPERS =
      Set.of(
          BytePath.parse("/sbin/apk"),
          BytePath.parse("/usr/lib/snapd/snapd"),
          BytePath.parse("/usr/libexec/packagekitd"),
          BytePath.parse("/usr/libexec/flatpak-system-helper"));

  /// How a package manager's own package names the script that runs it, by its last components.
  private static final List<BytePath> MANAGER_SCRIPTS =
      Stream.of(
              "/npm/bin/npm-cli.js",
              "/npm/bin/npx-cli.js",
              "/pnpm/bin/pnpm.cjs",
              "/yarn/bin/yarn.js",
              "/corepack/dist/pnpm.js",
              "/corepack/dist/yarn.js",
              "/bin/pip",
              "/bin/pip3",
              "/bin/pipx",
              "/bin/npm",
              "/bin/npx",
              "/Library/Homebrew/brew.rb")
          .map(BytePath::parse)
          .toList();

  private final LinuxProcesses processes;
  private final BytePath root;

  /// @param root the inspected root, from the machine's real one
  Origin(LinuxProcesses processes, BytePath root) {
    this.processes = processes;
    this.root = root;
  }

  /// Who `pid` is to what arrived at `place`.
  Watch.Cause of(int pid, Watch.Place place, List<Watch.Carrier> carriers) {
    try {
      var chain = chain(pid);
      if (chain.isEmpty()) {
        return Watch.Cause.UNKNOWN;
      }
      var program = chain.getFirst().executable();
      return new Watch.Cause(
          kind(chain, place, carriers), program == null ? null : program.toString());
    } catch (IOException e) {
      return Watch.Cause.UNKNOWN;
    }
  }

  private List<RunningProcess> chain(long pid) throws IOException {
    var chain = new ArrayList<RunningProcess>();
    for (var at = pid; at > 1 && chain.size() < GENERATIONS; at = processes.parent(at)) {
      var process = processes.find(at);
      if (process == null) {
        break;
      }
      chain.add(process);
    }
    return chain;
  }

  private Watch.Kind kind(
      List<RunningProcess> chain, Watch.Place place, List<Watch.Carrier> carriers)
      throws IOException {
    var own = root.resolve(place.path());
    if (chain.stream().anyMatch(process -> runsFrom(process, own))
        || carriers.stream()
            .filter(carrier -> carrier.rule().equals(place.rule()))
            .anyMatch(carrier -> anyRunsFrom(chain, carrier))) {
      return Watch.Kind.SELF_UPDATER;
    }
    if (carriers.stream().anyMatch(carrier -> anyRunsFrom(chain, carrier))) {
      return Watch.Kind.OTHER_CARRIER;
    }
    if (chain.stream().anyMatch(Origin::manages)) {
      return Watch.Kind.PACKAGE_MANAGER;
    }
    for (var process : chain) {
      if (processes.atTerminal(process.pid())) {
        return Watch.Kind.USER;
      }
    }
    return Watch.Kind.UNKNOWN;
  }

  private boolean anyRunsFrom(List<RunningProcess> chain, Watch.Carrier carrier) {
    var place = root.resolve(carrier.path());
    return chain.stream().anyMatch(process -> runsFrom(process, place));
  }

  private static boolean runsFrom(RunningProcess process, BytePath place) {
    return Stream.concat(
            Stream.ofNullable(process.executable()),
            process.scripts().stream().map(RunningProcess.Script::path))
        .anyMatch(path -> path.startsWith(place));
  }

  private static boolean manages(RunningProcess process) {
    var executable = process.executable();
    return executable != null && (MANAGERS.contains(executable) || HELPERS.contains(executable))
        || process.scripts().stream()
            .map(RunningProcess.Script::path)
            .anyMatch(script ->
                MANAGERS.contains(script)
                    || MANAGER_SCRIPTS.stream().anyMatch(known -> endsWith(script, known)));
  }

  private static boolean endsWith(@Nullable BytePath path, BytePath end) {
    var whole = path;
    var known = end;
    while (known.depth() > 0) {
      if (whole == null || whole.depth() == 0 || !whole.nameText().equals(known.nameText())) {
        return false;
      }
      whole = whole.parent();
      known = known.parent();
    }
    return true;
  }
}
