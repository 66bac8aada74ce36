package dev.interdict.server.access;

import java.time.Instant;
import java.util.Set;

/// Somebody signed in.
///
/// @param csrf the token that each of the session's forms must carry
/// @param expiresAt when it ends, however busy it is
public record Session(String account, Set<Role> roles, String csrf, Instant expiresAt) {
  public Session {
    roles = Set.copyOf(roles);
  }

  /// Whether it may do what `role` may. Anybody signed in may read what a viewer may.
  public boolean may(Role role) {
    return role == Role.VIEWER || roles.contains(role);
  }

  /// Leaves the token out.
  @Override
  public String toString() {
    return "Session[" + account + "]";
  }
}
