package dev.interdict.agent.guard;

import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.match.Finding;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.RuleId;
import dev.interdict.report.ActionKind;
import dev.interdict.report.ErrorClass;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Does what is due to one finding. Seam.
public interface Enforcer {

  /// One thing that was done, refused or failed.
  ///
  /// @param detail why not, in words for an administrator; names no user and no path, and stays on
  ///   the device
  record Act(ActionKind kind, @Nullable ErrorClass error, @Nullable String detail) {

    /// One of which there is no more to say.
    public Act(ActionKind kind, @Nullable ErrorClass error) {
      this(kind, error, null);
    }
  }

  /// Enforces at most `enforcement` on `finding`.
  List<Act> enforce(Finding finding, Enforcement enforcement);

  /// The programs that were taken away under a rule and still run.
  Set<FileId> lingering(RuleId rule);

  /// Stops programs that [#lingering] named.
  List<Act> stop(Set<FileId> programs);
}
