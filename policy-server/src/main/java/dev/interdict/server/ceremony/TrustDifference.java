package dev.interdict.server.ceremony;

import dev.interdict.identity.Printable;
import dev.interdict.trust.keys.KeyId;
import dev.interdict.trust.metadata.Delegation;
import dev.interdict.trust.metadata.RoleKeys;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.Root;
import dev.interdict.trust.metadata.Targets;
import dev.interdict.trust.repository.TrustPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a draft changes in who signs for what, in words, with nothing left out.
public final class TrustDifference {
  private TrustDifference() {}

  /// One role.
  ///
  /// @param lines what is different; empty where it is only signed again
  public record RoleChange(String role, List<String> lines) {
    public RoleChange {
      role = Printable.of(role);
      lines = lines.stream().map(Printable::of).toList();
    }
  }

  /// The roles that change or are signed again.
  public static List<RoleChange> of(Inspected draft) {
    var changes = new ArrayList<RoleChange>();
    var root = draft.nextRoot();
    if (root != null) {
      changes.add(
          new RoleChange(
              "root",
              List.of(
                  "version "
                      + draft.root().version()
                      + " -> "
                      + root.version()
                      + ", expires "
                      + root.expires())));
      roots(draft.root(), root, changes);
    }
    draft
        .next()
        .forEach((role, next) -> {
          var old = draft.before().get(role);
          if (old != null) {
            changes.add(
                new RoleChange(
                    role + " metadata",
                    List.of(
                        "version "
                            + old.version()
                            + " -> "
                            + next.version()
                            + ", expires "
                            + next.expires())));
          }
        });
    delegations(draft.top(), draft.nextTop(), changes);
    return changes;
  }

  private static void roots(Root before, Root next, List<RoleChange> changes) {
    for (var role : new TreeMap<>(before.roles()).keySet()) {
      add(role + " keys", before.keys(role), next.keys(role), changes);
    }
    add(TrustPlan.TIME + " keys", before.time(), next.time(), changes);
    if (!before.schemes().equals(next.schemes())) {
      changes.add(
          new RoleChange(
              "schemes", List.of(before.schemes().names() + " -> " + next.schemes().names())));
    }
    if (before.consistentSnapshot() != next.consistentSnapshot()) {
      changes.add(new RoleChange("root", List.of("consistent snapshots switched")));
    }
  }

  private static void delegations(Targets before, Targets next, List<RoleChange> changes) {
    var roles = new TreeSet<RoleName>();
    before.delegations().forEach(delegation -> roles.add(delegation.role()));
    next.delegations().forEach(delegation -> roles.add(delegation.role()));
    for (var role : roles) {
      var old = before.delegation(role);
      var now = next.delegation(role);
      add(role + " keys", keys(old), keys(now), changes);
      if (old != null && now != null && !samePaths(old, now)) {
        changes.add(new RoleChange(role + " paths", List.of(words(old) + " -> " + words(now))));
      } else if (old == null && now != null) {
        changes.add(new RoleChange(role + " paths", List.of("+ " + words(now))));
      }
    }
  }

  private static boolean samePaths(Delegation old, Delegation now) {
    return old.paths().equals(now.paths()) && old.terminating() == now.terminating();
  }

  private static @Nullable RoleKeys keys(@Nullable Delegation delegation) {
    return delegation == null ? null : delegation.keys();
  }

  private static String words(Delegation delegation) {
    var paths =
        switch (delegation.paths()) {
          case Delegation.Patterns(var patterns) -> String.join(", ", patterns);
          case Delegation.HashPrefixes(var prefixes) -> "hashes " + String.join(", ", prefixes);
        };
    return Printable.of(paths) + (delegation.terminating() ? "" : ", not terminating");
  }

  private static void add(
      String what, @Nullable RoleKeys old, @Nullable RoleKeys now, List<RoleChange> changes) {
    var lines = new ArrayList<String>();
    ids(now).stream()
        .filter(id -> !ids(old).contains(id))
        .forEach(id -> lines.add("+ key " + id + scheme(now, id)));
    ids(old).stream().filter(id -> !ids(now).contains(id)).forEach(id -> lines.add("- key " + id));
    var before = old == null ? "none" : threshold(old);
    var next = now == null ? "none" : threshold(now);
    if (!before.equals(next)) {
      lines.add(before + " -> " + next + lower(old, now));
    }
    if (!lines.isEmpty()) {
      changes.add(new RoleChange(what, lines));
    }
  }

  private static String scheme(@Nullable RoleKeys keys, KeyId id) {
    return keys == null
        ? ""
        : keys.keys().stream()
            .filter(key -> key.id().equals(id))
            .map(key -> "   " + key.scheme())
            .findFirst()
            .orElse("");
  }

  private static String lower(@Nullable RoleKeys old, @Nullable RoleKeys now) {
    return old != null && now != null && now.threshold() < old.threshold()
        ? "   FEWER people must sign"
        : "";
  }

  private static String threshold(RoleKeys keys) {
    return keys.threshold() + " of " + keys.keys().size();
  }

  private static Set<KeyId> ids(@Nullable RoleKeys keys) {
    return keys == null ? Set.of() : keys.ids();
  }
}
