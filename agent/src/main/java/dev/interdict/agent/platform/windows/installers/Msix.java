package dev.interdict.agent.platform.windows.installers;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.windows.PackageFullName;
import dev.interdict.report.ErrorClass;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Removes MSIX packages for every user, by the full names that the machine's own store has for a
/// family.
///
/// It asks the deployment service through its API. `Remove-AppxPackage` is PowerShell, an
/// interpreter with profiles and modules that a SYSTEM service should not start; DISM removes only
/// what is provisioned, and would leave the packages of those who have one.
public record Msix(Deployment deployment) {
  private static final String PLATFORM = "windows-family";

  /// The deployment service. Seam.
  public interface Deployment {
    /// The full names of all packages that somebody has or will get.
    List<String> packages() throws UnreadableException;

    /// Removes one for every user.
    ///
    /// @throws IOException with the service's own number if it did not
    void remove(String fullName) throws IOException;
  }

  /// @return empty for what is no such package
  public Optional<Outcome> remove(Item item) {
    return item.identity() instanceof Identity.OfApplication(var platform, var family)
            && platform.equals(PLATFORM)
        ? Optional.of(removeFamily(family))
        : Optional.empty();
  }

  private Outcome removeFamily(String family) {
    try {
      var names = of(family, deployment.packages());
      for (var name : names) {
        deployment.remove(name);
      }
      return names.isEmpty() ? new Outcome.AlreadyDone() : new Outcome.Done();
    } catch (UnreadableException | IOException e) {
      return new Outcome.Failed(
          ErrorClass.PACKAGE_MANAGER_ERROR, "deployment service: " + e.getMessage());
    }
  }

  /// Those of one family, each once. Names that break the grammar are nobody's.
  static Set<String> of(String family, List<String> packages) {
    var names = new HashSet<String>();
    for (var name : packages) {
      if (PackageFullName.parse(name)
          .filter(parsed -> parsed.family().equalsIgnoreCase(family))
          .isPresent()) {
        names.add(name);
      }
    }
    return names;
  }
}
