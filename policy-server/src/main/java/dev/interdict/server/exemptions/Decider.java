package dev.interdict.server.exemptions;

import dev.interdict.server.access.Role;
import java.util.Set;

/// Who decides. The name is what the audit log and the employee see.
///
/// @param name of an account, so that two names are two people
public record Decider(String name, Set<Role> roles) {
  public Decider {
    roles = Set.copyOf(roles);
  }

  /// Whether he may take the first of two steps, refuse and end: what makes the company less safe
  /// for nobody.
  boolean mayHandle() {
    return roles.contains(Role.HELPDESK) || roles.contains(Role.APPROVER);
  }

  /// Whether he may take the second step, which grants.
  boolean mayGrant() {
    return roles.contains(Role.APPROVER);
  }
}
