package dev.interdict.agent.guard;

import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.ledger.Entry;
import dev.interdict.agent.match.Finding;
import dev.interdict.identity.PackageUrl;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Residue;
import dev.interdict.report.ActionKind;
import java.util.List;
import java.util.Optional;

/// Which package sources go with the packages that they brought: once the package is gone and while
/// nothing of the rule was refused, those that the rule names, that are a file of their own, and
/// that bear the package's name, as `claude-code.list` does. All others are told and stay.
final class Leftovers {
  private Leftovers() {}

  /// @param acts what was done to the rule's findings in this cycle
  static List<Finding> of(Judged one, Enforcement enforcement, List<Entry.Acted> acts) {
    if (enforcement != Enforcement.REMOVE || acts.stream().anyMatch(act -> act.error() != null)) {
      return List.of();
    }
    var gone =
        acts.stream()
            .filter(act -> act.kind() == ActionKind.UNINSTALLED)
            .flatMap(act -> name(act.identity()).stream())
            .toList();
    return bearing(one, gone);
  }

  /// The package's name; none of what an installer removed that has no packages.
  private static Optional<String> name(String identity) {
    try {
      return Optional.of(PackageUrl.parse(identity).name());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// The sources that may go with packages of these names.
  static List<Finding> bearing(Judged one, List<String> gone) {
    return one.residue().stream()
        .filter(finding -> !finding.item().parts().isEmpty() && finding.item().owner() == null)
        .filter(finding ->
            finding.item().identity() instanceof Identity.OfResidue(var kind, var _)
                && kind == Residue.REPOSITORY)
        .filter(finding -> gone.stream().anyMatch(name -> bears(finding, name)))
        .toList();
  }

  /// Whether the source's file has the name of the package.
  static boolean bears(Finding finding, String name) {
    var file = finding.item().location().nameText();
    var stem = file.substring(0, Math.max(0, file.lastIndexOf('.')));
    return stem.equals(name) || !stem.isEmpty() && name.startsWith(stem + "-");
  }
}
