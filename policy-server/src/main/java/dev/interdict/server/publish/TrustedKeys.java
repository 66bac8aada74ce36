package dev.interdict.server.publish;

import dev.interdict.trust.metadata.RoleKeys;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.repository.RepositoryPlan;
import dev.interdict.trust.repository.RepositoryState;
import java.util.EnumMap;
import java.util.Map;

/// Whom agents believe now, role by role of those that a server's folder may hold a key of.
public final class TrustedKeys {
  private static final Map<RoleName, KeyRole> DELEGATED =
      Map.of(
          RepositoryPlan.BLOCKLIST, KeyRole.BLOCKLIST,
          RepositoryPlan.EXEMPTIONS, KeyRole.EXEMPTIONS,
          RepositoryPlan.CONTROLS, KeyRole.CONTROLS);

  private TrustedKeys() {}

  /// The keys of each role that the verified repository has.
  public static Map<KeyRole, RoleKeys> of(RepositoryState state) {
    var root = state.trusted().root();
    var trusted = new EnumMap<KeyRole, RoleKeys>(KeyRole.class);
    trusted.put(KeyRole.ROOT, root.keys(RoleName.ROOT));
    trusted.put(KeyRole.TARGETS, root.keys(RoleName.TARGETS));
    trusted.put(KeyRole.SNAPSHOT, root.keys(RoleName.SNAPSHOT));
    trusted.put(KeyRole.TIMESTAMP, root.keys(RoleName.TIMESTAMP));
    if (root.time() != null) {
      trusted.put(KeyRole.TIME, root.time());
    }
    for (var delegation : state.role(RoleName.TARGETS).delegations()) {
      var role = DELEGATED.get(delegation.role());
      if (role != null) {
        trusted.put(role, delegation.keys());
      }
    }
    return trusted;
  }
}
