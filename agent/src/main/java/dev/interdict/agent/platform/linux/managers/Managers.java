package dev.interdict.agent.platform.linux.managers;

import dev.interdict.agent.enforce.ManagedPackage;
import dev.interdict.agent.enforce.NoUninstallation;
import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.enforce.Uninstallation;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.platform.ProcessTable;
import dev.interdict.agent.platform.linux.LinuxMachine;
import dev.interdict.agent.platform.linux.Resolution;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.report.ErrorClass;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The package managers of one machine. For one look at it; not thread-safe.
public final class Managers {
  private static final Logger LOG = LoggerFactory.getLogger(Managers.class);
  private static final Optional<Packages.Named> NONE = Optional.empty();

  private final List<Packages> all;
  private final ManagedRoot root;
  private final Resolution way;
  private final ProcessTable processes;

  private Managers(List<Packages> all, ManagedRoot root, Resolution way, ProcessTable processes) {
    this.all = List.copyOf(all);
    this.root = root;
    this.way = way;
    this.processes = processes;
  }

  /// Those of `machine`, whose programs are those of the machine that runs this.
  public static Managers of(LinuxMachine machine) {
    return of(ManagedRoot.of(machine.root()), Programs.ofThisMachine(), machine);
  }

  static Managers of(ManagedRoot root, Programs programs, LinuxMachine machine) {
    var all = every(root, programs, machine.system());
    return new Managers(all, root, machine.systemWay(), machine.table());
  }

  private static List<Packages> every(ManagedRoot root, Programs programs, Tree system) {
    return List.of(
        new Dpkg(programs, root),
        new Rpm(programs, root, system),
        new Apk(programs, system),
        new Pacman(programs, root, system),
        new Snap(programs, system),
        new Flatpak(programs, root, system));
  }

  /// Rehearses the removal of a package. Nothing is changed, whatever comes of it.
  public Uninstallation uninstallation(ManagedPackage managed) {
    try {
      return rehearsed(managed);
    } catch (NotRemovedException e) {
      return new NoUninstallation(e.outcome());
    }
  }

  /// The programs of a package that are its alone. Reads what its manager has on record and changes
  /// nothing; empty where the package is not installed as it was seen, is needed, or cannot be told
  /// from others.
  public List<Part> programs(ManagedPackage managed) {
    if (managed.owner() != null || Kernel.effectiveUid() != 0) {
      return List.of();
    }
    for (var packages : all) {
      var named = packages.manager().equals(managed.manager()) ? packages.named(managed) : NONE;
      if (named.isPresent()) {
        return programs(packages, named.get());
      }
    }
    return List.of();
  }

  private List<Part> programs(Packages packages, Packages.Named named) {
    try {
      var installed = packages.installed(named);
      var version = installed.map(Packages.Installed::version).orElse(null);
      var other = named.version() != null && version != null && !named.version().equals(version);
      return installed.isEmpty() || other ? List.of() : OwnPrograms.of(packages, named, way);
    } catch (NotRemovedException | IOException e) {
      LOG.atDebug().addKeyValue("why", e.getMessage()).log("programs of a package not told");
      return List.of();
    }
  }

  private Uninstallation rehearsed(ManagedPackage managed) throws NotRemovedException {
    var packages =
        all.stream()
            .filter(one -> one.manager().equals(managed.manager()))
            .findFirst()
            .orElseThrow(() ->
                NotRemovedException.failed(
                    ErrorClass.PACKAGE_MANAGER_ERROR, "no manager is known that removes it"));
    if (managed.owner() != null) {
      throw NotRemovedException.refused(
          Refusal.MANAGED, "it is in a database of a user, whose scripts we do not run");
    }
    var named =
        packages
            .named(managed)
            .orElseThrow(() ->
                NotRemovedException.refused(
                    Refusal.BAD_NAME,
                    "its name, version or architecture is none that "
                        + managed.manager()
                        + " knows"));
    if (Kernel.effectiveUid() != 0) {
      throw NotRemovedException.failed(
          ErrorClass.ACCESS_DENIED, "only root removes packages of the machine");
    }
    var installed = packages.installed(named);
    if (installed.isEmpty()) {
      return new NoUninstallation(new Outcome.AlreadyDone());
    }
    var version = installed.get().version();
    if (named.version() != null && version != null && !named.version().equals(version)) {
      throw NotRemovedException.refused(Refusal.CHANGED, "another version is installed by now");
    }
    if (!root.scripts() && packages.runsScripts(named)) {
      throw NotRemovedException.refused(
          Refusal.FOREIGN_SCRIPTS, "it would run programs of another system's tree");
    }
    packages.rehearse(named);
    var place = BytePath.parse(root.path().toString());
    return LinuxUninstallation.rehearsed(packages, named, way, place, processes);
  }
}
