package dev.interdict.trust.repository;

import dev.interdict.trust.metadata.RoleName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// For how long each role's word holds from its signing.
///
/// @param byRole for named roles
/// @param others for every other delegated role: lists that people sign
public record Expiries(Map<RoleName, Duration> byRole, Duration others) {

  /// A year for root, 180 days for targets, 30 for lists that people sign, 7 for snapshot and the
  /// roles signed online, 24 hours for the timestamp: the longest that news can be withheld.
  public static final Expiries STANDARD =
      new Expiries(
          Map.of(
              RoleName.ROOT, Duration.ofDays(365),
              RoleName.TARGETS, Duration.ofDays(180),
              RoleName.SNAPSHOT, Duration.ofDays(7),
              RoleName.TIMESTAMP, Duration.ofHours(24),
              RepositoryPlan.EXEMPTIONS, Duration.ofDays(7),
              RepositoryPlan.CONTROLS, Duration.ofDays(7)),
          Duration.ofDays(30));

  public Expiries {
    byRole = Map.copyOf(byRole);
    if (!others.isPositive() || byRole.values().stream().anyMatch(span -> !span.isPositive())) {
      throw new IllegalArgumentException("a role's word must hold for longer than nothing");
    }
  }

  public Duration of(RoleName role) {
    return byRole.getOrDefault(role, others);
  }

  /// These, with another span for `role`.
  public Expiries with(RoleName role, Duration span) {
    var changed = new HashMap<>(byRole);
    changed.put(role, span);
    return new Expiries(changed, others);
  }
}
