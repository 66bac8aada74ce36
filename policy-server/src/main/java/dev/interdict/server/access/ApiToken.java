package dev.interdict.server.access;

import dev.interdict.json.Fields;
import dev.interdict.server.scope.Scope;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What lets a program in. Its secret is not kept.
///
/// @param name as an account's
/// @param roles none for one that is for SCIM
/// @param lastUsed to the minute; null while it never was
public record ApiToken(
    String name,
    Purpose purpose,
    Set<Role> roles,
    Scope scope,
    Instant createdAt,
    String createdBy,
    Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsed) {
  /// What it is for, and for nothing else.
  public enum Purpose {
    /// The API, as far as its roles go.
    API,
    /// To tell by SCIM who has come and who has left.
    SCIM;

    /// As it is kept and shown.
    public String word() {
      return Fields.written(this);
    }
  }

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
