package dev.interdict.server.access;

import dev.interdict.server.scope.Scope;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What lets a program in. Its secret is not kept.
///
/// @param name as an account's
/// @param lastUsed to the minute; null while it never was
public record ApiToken(
    String name,
    Set<Role> roles,
    Scope scope,
    Instant createdAt,
    String createdBy,
    Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsed) {
  public ApiToken {
    roles = Set.copyOf(roles);
  }

  /// Whether it lets anybody in. One that a clock dated ahead does when the right one gets there.
  public boolean usable(Instant now) {
    return revokedAt == null
        && now.isBefore(expiresAt)
        && !createdAt.isAfter(now.plus(Sessions.AHEAD));
  }
}
