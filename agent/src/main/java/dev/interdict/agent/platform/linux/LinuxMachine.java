package dev.interdict.agent.platform.linux;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.platform.ProcessTable;
import dev.interdict.agent.platform.TreeBudget;
import dev.interdict.agent.platform.UsersFolder;
import dev.interdict.agent.platform.linux.kernel.Errno;
import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A Linux machine below a root directory: `/`, or another one given with `--root`.
///
/// Homes are those of that root's passwd file and the further directories in its `/home` and, where
/// the root is another system's, in `/Users`. Without the right to read everything ([Rights]), on
/// the real root only the current user's own home is opened; the others are gaps. Not thread-safe.
public final class LinuxMachine implements Machine {
  private static final String SOURCE = "homes";
  private static final int PASSWD_LIMIT = 16 << 20;

  private final Path root;
  private final BytePath place;
  private final Fd rootFd;
  private final SystemRoot systemRoot;
  private final Tree system;
  private final ProcessTable table;
  private final List<HomeTree> homes = new ArrayList<>();
  private final List<Gap> unopened = new ArrayList<>();
  private final List<Fd> open = new ArrayList<>();
  private final Map<Home, Resolution> ways = new HashMap<>();

  /// Opens the machine below a directory named by the administrator.
  ///
  /// @throws IOException if the root itself, or its passwd file, cannot be read
  public static LinuxMachine open(Path root, ProcessTable table) throws IOException {
    var real = root.toRealPath();
    return new LinuxMachine(real, real.toString().getBytes(StandardCharsets.UTF_8), table);
  }

  private LinuxMachine(Path root, byte[] path, ProcessTable table) throws IOException {
    this.root = root;
    this.table = table;
    this.place = Passwd.path(path);
    this.rootFd = Kernel.openRoot(path);
    try {
      this.systemRoot = new SystemRoot(rootFd, path);
      this.system = new LinuxTree(systemRoot, BytePath.ROOT, TreeBudget.SYSTEM);
      openHomes(new Homes(systemRoot));
    } catch (UnreadableException e) {
      close();
      throw new IOException("cannot list the machine's homes: " + e.getMessage(), e);
    } catch (IOException | RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private void openHomes(Homes opener) throws IOException, UnreadableException {
    var uid = Kernel.effectiveUid();
    var onlyOwn = place.depth() == 0 && !Rights.readsAll();
    for (var home : known()) {
      if (onlyOwn && home.uid() != uid) {
        gapIfThere(home);
      } else {
        openHome(opener, home);
      }
    }
  }

  private List<Home> known() throws UnreadableException {
    var passwd = system.read(BytePath.ROOT.resolve("etc/passwd"), PASSWD_LIMIT);
    var known = new ArrayList<>(Passwd.homes(passwd == null ? new byte[0] : passwd));
    unlistedIn(BytePath.ROOT.resolve("home"), true, known);
    usersOf(known);
    return known;
  }

  /// The homes of another system's tree. Its numbers of users mean nothing here, and a mounted disk
  /// may give all files to one owner, so the owner of each home is taken as it is.
  private void usersOf(List<Home> known) throws UnreadableException {
    for (var path : UsersFolder.homes(system)) {
      if (known.stream().noneMatch(home -> home.path().equals(path))) {
        try {
          var fact = system.stat(path);
          if (fact != null) {
            known.add(new Home(path.nameText(), fact.uid(), path));
          }
        } catch (UnreadableException e) {
          unopened.add(Gap.of(SOURCE, e));
        }
      }
    }
  }

  /// Accounts of a directory service are in no passwd file; the owner of the directory is taken.
  ///
  /// @param domains whether folders of the system there may hold the homes of a whole domain
  private void unlistedIn(BytePath parent, boolean domains, List<Home> known)
      throws UnreadableException {
    for (var entry : system.list(parent)) {
      var path = parent.resolve(entry.name());
      if (entry.kind() == FileKind.DIRECTORY
          && known.stream().noneMatch(home -> home.path().equals(path))) {
        try {
          unlisted(path, domains, known);
        } catch (UnreadableException e) {
          unopened.add(Gap.of(SOURCE, e));
        }
      }
    }
  }

  private void unlisted(BytePath path, boolean domains, List<Home> known)
      throws UnreadableException {
    var fact = system.stat(path);
    if (fact != null && Passwd.person(fact.uid())) {
      known.add(new Home(path.nameText(), fact.uid(), path));
    } else if (fact != null && domains && !path.nameText().equals("lost+found")) {
      unlistedIn(path, false, known);
    }
  }

  private void gapIfThere(Home home) {
    try {
      var fact = system.stat(home.path());
      if (fact != null && fact.kind() == FileKind.DIRECTORY) {
        throw new UnreadableException(
            Reason.DENIED, home.path(), "not inspected: only root may look at other users' homes");
      }
    } catch (UnreadableException e) {
      unopened.add(Gap.of(SOURCE, e));
    }
  }

  private void openHome(Homes opener, Home home) throws KernelException {
    try {
      var fd = opener.open(home);
      open.add(fd);
      var way = new Beneath(fd, home.path());
      ways.put(home, way);
      homes.add(new HomeTree(home, new LinuxTree(way, home.path(), TreeBudget.HOME)));
    } catch (UnreadableException e) {
      unopened.add(Gap.of(SOURCE, e));
    } catch (KernelException e) {
      if (e.errno() != Errno.ENOENT && e.errno() != Errno.ENOTDIR) {
        throw e;
      }
    }
  }

  /// The way into a home, or into the machine for null; null where no home of exactly that user,
  /// number and place was opened. For acting, where [Tree] is for reading.
  public @Nullable Resolution way(@Nullable Home home) {
    return home == null ? systemRoot : ways.get(home);
  }

  /// Who must own what is acted upon there: the home's user, or the machine's root.
  public int owner(@Nullable Home home) {
    return home == null ? systemRoot.owner() : home.uid();
  }

  /// The way into the machine's own files, for acting.
  public Resolution systemWay() {
    return systemRoot;
  }

  /// The root, real and absolute.
  public Path root() {
    return root;
  }

  /// All processes, wherever their files lie, with paths from the real root.
  public ProcessTable table() {
    return table;
  }

  @Override
  public List<HomeTree> homes() {
    return List.copyOf(homes);
  }

  @Override
  public Tree system() {
    return system;
  }

  @Override
  public List<RunningProcess> processes() throws UnreadableException {
    return table.running().stream()
        .map(process -> process.below(place))
        .filter(Objects::nonNull)
        .toList();
  }

  @Override
  public List<Gap> unopened() {
    return List.copyOf(unopened);
  }

  @Override
  public void close() {
    open.forEach(Fd::close);
    rootFd.close();
  }
}
