package dev.interdict.trust.repository;

import dev.interdict.trust.metadata.Delegation;
import dev.interdict.trust.metadata.RoleKeys;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.Root;
import dev.interdict.trust.metadata.Schemes;
import dev.interdict.trust.metadata.Targets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Who is to sign for what, in root and top-level targets together: what a repository says now, or
/// what it is to say next. Immutable.
///
/// @param root the keys of the four top-level roles
/// @param time the keys that sign the time, or null
/// @param schemes the signature schemes that the root lets count
/// @param delegations as the top-level targets list them
public record TrustPlan(
    Map<RoleName, RoleKeys> root,
    @Nullable RoleKeys time,
    Schemes schemes,
    List<Delegation> delegations) {

  /// The keys that sign the time. No role of The Update Framework: it has no metadata of its own.
  public static final RoleName TIME = new RoleName("time");

  public TrustPlan {
    root = Map.copyOf(root);
    delegations = List.copyOf(delegations);
  }

  /// What the repository says now.
  public static TrustPlan of(RepositoryState state) {
    return of(state.trusted().root(), state.role(RoleName.TARGETS));
  }

  /// What a root and its top-level targets say together.
  public static TrustPlan of(Root root, Targets top) {
    return new TrustPlan(root.roles(), root.time(), root.schemes(), top.delegations());
  }

  /// This plan with other signature schemes.
  public TrustPlan with(Schemes accepted) {
    return new TrustPlan(root, time, accepted, delegations);
  }

  /// All roles that have keys, top-level ones first.
  public SequencedSet<RoleName> roles() {
    var roles = new LinkedHashSet<RoleName>();
    roles.addAll(
        List.of(RoleName.ROOT, RoleName.TARGETS, RoleName.SNAPSHOT, RoleName.TIMESTAMP, TIME));
    delegations.forEach(delegation -> roles.add(delegation.role()));
    return roles;
  }

  /// The keys of the role, or null if it has none here.
  public @Nullable RoleKeys keys(RoleName role) {
    if (role.equals(TIME)) {
      return time;
    }
    var top = root.get(role);
    return top != null
        ? top
        : delegations.stream()
            .filter(delegation -> delegation.role().equals(role))
            .map(Delegation::keys)
            .findFirst()
            .orElse(null);
  }

  /// The keys of a role that it has.
  ///
  /// @throws IllegalArgumentException if it has no such role
  public RoleKeys need(RoleName role) {
    var keys = keys(role);
    if (keys == null) {
      throw new IllegalArgumentException("there is no role " + role);
    }
    return keys;
  }

  /// This plan with other keys for a role that it has.
  ///
  /// @throws IllegalArgumentException if it has no such role
  public TrustPlan with(RoleName role, RoleKeys keys) {
    if (role.equals(TIME)) {
      return new TrustPlan(root, keys, schemes, delegations);
    }
    if (root.containsKey(role)) {
      var changed = new TreeMap<>(root);
      changed.put(role, keys);
      return new TrustPlan(changed, time, schemes, delegations);
    }
    if (keys(role) == null) {
      throw new IllegalArgumentException("there is no role " + role);
    }
    var changed = new ArrayList<Delegation>();
    for (var delegation : delegations) {
      changed.add(
          delegation.role().equals(role)
              ? new Delegation(role, keys, delegation.paths(), delegation.terminating())
              : delegation);
    }
    return new TrustPlan(root, time, schemes, changed);
  }

  boolean hasSameRoot(TrustPlan other) {
    return root.equals(other.root)
        && Objects.equals(time, other.time)
        && schemes.equals(other.schemes);
  }
}
