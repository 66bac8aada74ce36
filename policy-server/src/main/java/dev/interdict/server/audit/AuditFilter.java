package dev.interdict.server.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which entries are meant; a null means any.
///
/// @param action the whole of it, or what it begins with up to a dot, such as `draft`
/// @param from the first instant
/// @param to the first instant that is not meant any more
public record AuditFilter(
    @Nullable String actor,
    @Nullable String action,
    @Nullable String object,
    @Nullable Instant from,
    @Nullable Instant to) {
  /// All of them.
  public static final AuditFilter ALL = new AuditFilter(null, null, null, null, null);
}
