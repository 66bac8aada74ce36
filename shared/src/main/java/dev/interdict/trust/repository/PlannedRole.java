package dev.interdict.trust.repository;

import dev.interdict.trust.metadata.Delegation;
import dev.interdict.trust.metadata.RoleName;
import java.util.List;

/// A delegated role to begin with, and the target paths it alone may sign.
public record PlannedRole(RoleName name, Holders holders, List<String> patterns) {
  public PlannedRole {
    patterns = List.copyOf(patterns);
  }

  /// As the top-level role writes it. Terminating, since paths of our roles do not overlap.
  Delegation delegation() {
    return new Delegation(name, holders.keys(), new Delegation.Patterns(patterns), true);
  }
}
