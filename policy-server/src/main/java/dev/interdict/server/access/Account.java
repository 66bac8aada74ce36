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
/// @param validUntil from when on nobody signs in with it, an hour after it was made at most; null
///   for never
/// @param display how people call somebody of an identity provider, else empty; says nothing of who
///   it is
/// @param leftAt since when sign-in is refused because the company's directory says that the person
///   has left; null where it does not say so, or an administrator disabled it
public record Account(
    String name,
    Kind kind,
    Set<Role> roles,
    Scope scope,
    Instant createdAt,
    @Nullable Instant disabledAt,
    @Nullable Instant validUntil,
    String display,
    @Nullable Instant leftAt) {
  /// Where an account comes from.
  public enum Kind {
    /// Made here, with a password.
    LOCAL,
    /// Of a person whom an identity provider vouches for.
    OIDC,
    /// The one for when nobody else can sign in.
    BREAK_GLASS
  }

  public Account {
    roles = Set.copyOf(roles);
  }

  /// Whether somebody may sign in with it, and what it says counts.
  public boolean usable(Instant now) {
    return disabledAt == null
        && (validUntil == null
            || now.isBefore(validUntil)
                && !validUntil.isAfter(now.plus(BreakGlass.HOUR).plus(Sessions.AHEAD)));
  }
}
