package dev.interdict.agent.guard;

import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.match.Finding;
import dev.interdict.agent.platform.macos.installers.LaunchServices;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.RuleId;
import dev.interdict.report.ActionKind;
import java.util.List;
import java.util.Set;

/// Has launchd let go of services whose files another enforcer took, once they are in quarantine.
record LaunchdRemoving(Enforcer rest, LaunchServices services) implements Enforcer {
  private static final Set<String> FOLDERS = Set.of("LaunchAgents", "LaunchDaemons");

  @Override
  public List<Act> enforce(Finding finding, Enforcement enforcement) {
    var acts = rest.enforce(finding, enforcement);
    if (acts.stream().anyMatch(act -> act.kind() == ActionKind.QUARANTINED)) {
      finding.item().parts().stream()
          .filter(LaunchdRemoving::service)
          .forEach(part -> services.bootOut(finding.item().owner(), part.path().nameText()));
    }
    return acts;
  }

  private static boolean service(Part part) {
    return FOLDERS.contains(part.path().parent().nameText());
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
