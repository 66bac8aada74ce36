package dev.interdict.agent.guard;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.ProtectedList;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.match.Finding;
import dev.interdict.agent.platform.macos.installers.LaunchServices;
import dev.interdict.agent.platform.macos.installers.Receipts;
import dev.interdict.agent.platform.windows.installers.Msi;
import dev.interdict.agent.platform.windows.installers.MsiRecords;
import dev.interdict.agent.platform.windows.installers.Msix;
import dev.interdict.agent.platform.windows.installers.PackageDeployment;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.RuleId;
import dev.interdict.report.ActionKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Removes what the installers of the system itself have to remove, by their own identifiers, and
/// leaves everything else to another enforcer. No command that a program recorded for its removal
/// is ever read.
record InstallerRemoving(Enforcer rest, List<Installer> installers) implements Enforcer {
  InstallerRemoving {
    installers = List.copyOf(installers);
  }

  /// Removes what it knows how to. Seam.
  @FunctionalInterface
  interface Installer {
    /// @return empty for what is not its own
    Optional<Outcome> remove(Item item);
  }

  /// @param windows the folder of the system, such as `C:\Windows`
  static Enforcer onWindows(Enforcer rest, String windows) {
    var msi = new Msi(Path.of(windows, "System32", "msiexec.exe"), new MsiRecords());
    var msix = new Msix(new PackageDeployment());
    return new InstallerRemoving(rest, List.of(msi::remove, msix::remove));
  }

  /// Receipts of packages, and services of launchd.
  static Enforcer onMacos(Enforcer rest) {
    var receipts = new Receipts(Path.of("/usr/sbin/pkgutil"));
    var services = new LaunchServices(Path.of("/bin/launchctl"));
    return new InstallerRemoving(new LaunchdRemoving(rest, services), List.of(receipts::remove));
  }

  @Override
  public List<Act> enforce(Finding finding, Enforcement enforcement) {
    var item = finding.item();
    if (enforcement != Enforcement.REMOVE || !item.parts().isEmpty()) {
      return rest.enforce(finding, enforcement);
    }
    var spared = ProtectedList.protects(Removing.plan(finding));
    if (spared.isPresent()) {
      return List.of(new Act(ActionKind.REFUSED, spared.get().why().error()));
    }
    return installers.stream()
        .flatMap(installer -> installer.remove(item).stream())
        .findFirst()
        .map(InstallerRemoving::acts)
        .orElseGet(() -> rest.enforce(finding, enforcement));
  }

  private static List<Act> acts(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done _ -> List.of(new Act(ActionKind.UNINSTALLED, null));
      case Outcome.AlreadyDone _ -> List.of();
      case Outcome.Refused(var why, var _) -> List.of(new Act(ActionKind.REFUSED, why.error()));
      case Outcome.Failed(var error, var _) -> List.of(new Act(ActionKind.FAILED, error));
    };
  }

  @Override
  public Set<FileId> lingering(RuleId rule) {
    return rest.lingering(rule);
  }

  @Override
  public List<Act> stop(Set<FileId> programs) {
    return rest.stop(programs);
  }
}
