package dev.interdict.agent.guard;

import dev.interdict.agent.match.Finding;
import dev.interdict.policy.Enforcement;
import dev.interdict.report.ActionKind;
import dev.interdict.report.ErrorClass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Does what is due to one finding. Seam.
@FunctionalInterface
public interface Enforcer {

  /// One thing that was done, refused or failed.
  record Act(ActionKind kind, @Nullable ErrorClass error) {}

  /// Enforces at most `enforcement` on `finding`.
  List<Act> enforce(Finding finding, Enforcement enforcement);
}
