package dev.interdict.trust;

import dev.interdict.trust.metadata.RoleName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The content of a target as its role signed it.
///
/// @param role the role that vouches for it
/// @param roleVersion the version of that role's metadata
/// @param roleExpires when that role's own word ends: thereafter nothing new may be done on it
/// @param roleIssued when that role's file was signed, a lower bound of the present; null if unsaid
/// @param freshUntil when the repository's word that this is the newest ends; null if there is none
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out
public record VerifiedTarget(
    String path,
    byte[] content,
    RoleName role,
    long roleVersion,
    Instant roleExpires,
    @Nullable Instant roleIssued,
    @Nullable Instant freshUntil) {
  public VerifiedTarget {
    content = content.clone();
  }

  @Override
  public byte[] content() {
    return content.clone();
  }

  /// Whether news may have been missed: the repository is unreachable, withheld or neglected. What
  /// is here stays verified.
  public boolean isStale(Instant now) {
    return freshUntil == null || !freshUntil.isAfter(now);
  }

  /// Whether the role's own word has ended.
  public boolean isRoleExpired(Instant now) {
    return !roleExpires.isAfter(now);
  }
}
