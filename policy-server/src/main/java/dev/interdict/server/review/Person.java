package dev.interdict.server.review;

import dev.interdict.server.access.Role;
import java.util.Set;

/// Who writes or reviews.
///
/// @param name of an account, so that two names are two people
public record Person(String name, Set<Role> roles) {
  public Person {
    roles = Set.copyOf(roles);
  }

  public boolean mayWrite() {
    return roles.contains(Role.AUTHOR) || roles.contains(Role.APPROVER);
  }

  /// Whether they may take workstations out of the fleet.
  public boolean mayRetire() {
    return roles.contains(Role.ADMINISTRATOR);
  }

  public boolean mayApprove() {
    return roles.contains(Role.APPROVER);
  }
}
