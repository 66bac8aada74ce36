package dev.interdict.server.access;

import dev.interdict.server.scope.Scope;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A person who may sign in.
///
/// @param name lower-case letters, digits, dots, dashes, underscores; at most 64
/// @param scope which part of the fleet the person sees
/// @param disabledAt since when sign-in is refused; null while it is not
public record Account(
    String name, Set<Role> roles, Scope scope, Instant createdAt, @Nullable Instant disabledAt) {
  public Account {
    roles = Set.copyOf(roles);
  }
}
