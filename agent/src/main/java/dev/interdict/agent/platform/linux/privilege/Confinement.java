package dev.interdict.agent.platform.linux.privilege;

import dev.interdict.agent.platform.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Starts the guard's workers without root's rights: the scan as an account of its own that may
/// read every file and see every process and has no network, the exchange with the server as one
/// that has the network and nothing else. Neither can gain any right again.
///
/// What this machine does not allow is left out and told as a [Weakness]. Spec: setpriv(1),
/// unshare(1), capabilities(7), network_namespaces(7). Immutable.
public final class Confinement {
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
  private static final Path UNSHARE = Path.of("/usr/bin/unshare");
  private static final Path PASSWD = Path.of("/etc/passwd");
  private static final Duration PROBE = Duration.ofSeconds(5);

  /// To pass into every home, and to see which file a process executes.
  private static final String SCAN_RIGHTS = "+dac_read_search,+sys_ptrace";

  private final Set<Weakness> weaknesses;
  private final SystemAccount scan;
  private final SystemAccount sync;

  private Confinement(SystemAccount scan, SystemAccount sync, Set<Weakness> weaknesses) {
    this.scan = scan;
    this.sync = sync;
    this.weaknesses = Set.copyOf(weaknesses);
  }

  /// What can be done here.
  ///
  /// @param uid the effective user of this process
  /// @param program the command line of any role: its program and class path are those of all
  public static Confinement here(int uid, List<String> program) {
    var weaknesses = EnumSet.noneOf(Weakness.class);
    if (uid != 0) {
      return new Confinement(
          SystemAccount.NOBODY, SystemAccount.NOBODY, EnumSet.of(Weakness.NOT_ROOT));
    }
    if (!JavaProgram.files(program).stream().allMatch(RootOnly::file)) {
      weaknesses.add(Weakness.PROGRAM_WRITABLE);
    }
    var passwd = passwd();
    var scan = account(passwd, "interdict-scan", Weakness.NO_SCAN_ACCOUNT, weaknesses);
    var sync = account(passwd, "interdict-sync", Weakness.NO_SYNC_ACCOUNT, weaknesses);
    if (!RootOnly.program(SETPRIV) || !starts(setpriv(scan, SCAN_RIGHTS))) {
      weaknesses.add(Weakness.NO_SETPRIV);
    }
    if (!RootOnly.program(UNSHARE) || !starts(List.of(UNSHARE.toString(), "--net", "--"))) {
      weaknesses.add(Weakness.NO_NETWORK_NAMESPACE);
    }
    if (!JavaProgram.files(program).stream().allMatch(OpenToAll::file)) {
      weaknesses.add(Weakness.PROGRAM_CLOSED);
    }
    return new Confinement(scan, sync, weaknesses);
  }

  /// Where the system has no such means: every role runs as the guard does.
  public static Confinement none() {
    return new Confinement(
        SystemAccount.NOBODY, SystemAccount.NOBODY, EnumSet.of(Weakness.NOT_SPLIT));
  }

  private static byte[] passwd() {
    try {
      return Files.readAllBytes(PASSWD);
    } catch (IOException e) {
      return new byte[0];
    }
  }

  private static SystemAccount account(
      byte[] passwd, String name, Weakness otherwise, Set<Weakness> weaknesses) {
    var found = SystemAccount.find(passwd, name);
    if (found == null) {
      weaknesses.add(otherwise);
      return SystemAccount.NOBODY;
    }
    return found;
  }

  private static boolean starts(List<String> wrapper) {
    var line = new ArrayList<>(wrapper);
    line.add("/bin/true");
    var outcome = command(line, Map.of(), PROBE).run(new byte[0], 1000);
    return outcome instanceof Command.Outcome.Exited exited && exited.code() == 0;
  }

  /// What is weaker here than intended; empty where nothing is.
  public Set<Weakness> weaknesses() {
    return weaknesses;
  }

  /// Makes a folder that the scan alone may enter and write in.
  ///
  /// @param folder in one that nobody but us may write in, so that nobody exchanges it meanwhile
  public Path folderOfScan(Path folder) throws IOException {
    Files.createDirectories(folder);
    if (weaknesses.contains(Weakness.NOT_SPLIT)) {
      return folder.toAbsolutePath();
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    if (!alone()) {
      Files.setAttribute(folder, "unix:uid", split() ? scan.uid() : 0, LinkOption.NOFOLLOW_LINKS);
    }
    return folder.toAbsolutePath();
  }

  private boolean split() {
    return !alone() && !weaknesses.contains(Weakness.NO_SETPRIV);
  }

  private boolean alone() {
    return weaknesses.contains(Weakness.NOT_ROOT) || weaknesses.contains(Weakness.NOT_SPLIT);
  }

  /// A role that reads the machine and speaks to nobody.
  public Command scan(Command role) {
    var wrapper = new ArrayList<String>();
    if (!alone() && !weaknesses.contains(Weakness.NO_NETWORK_NAMESPACE)) {
      wrapper.addAll(List.of(UNSHARE.toString(), "--net", "--"));
    }
    if (split()) {
      wrapper.addAll(setpriv(scan, SCAN_RIGHTS));
    }
    return wrapped(wrapper, role);
  }

  /// A role that speaks to the server and reads nothing of the machine.
  public Command sync(Command role) {
    return split() && !weaknesses.contains(Weakness.PROGRAM_CLOSED)
        ? wrapped(setpriv(sync, "-all"), role)
        : role;
  }

  private static List<String> setpriv(SystemAccount account, String rights) {
    var kept = rights.equals("-all") ? rights : "-all," + rights;
    return List.of(
        SETPRIV.toString(),
        "--reuid=" + account.uid(),
        "--regid=" + account.gid(),
        "--clear-groups",
        "--no-new-privs",
        "--bounding-set=" + kept,
        "--inh-caps=" + kept,
        "--ambient-caps=" + kept,
        "--");
  }

  private static Command wrapped(List<String> wrapper, Command role) {
    if (wrapper.isEmpty()) {
      return role;
    }
    var line = new ArrayList<>(wrapper);
    line.add(role.program().toString());
    line.addAll(role.arguments());
    return command(line, role.environment(), role.limit());
  }

  private static Command command(
      List<String> line, Map<String, String> environment, Duration limit) {
    return new Command(Path.of(line.getFirst()), line.subList(1, line.size()), environment, limit);
  }
}
