package dev.interdict.trust.repository;

import dev.interdict.trust.keys.Signer;
import dev.interdict.trust.keys.TufKey;
import dev.interdict.trust.metadata.RoleName;
import java.util.List;

/// How a new repository begins.
///
/// @param time the public key for [dev.interdict.trust.TimeStatement]
public record RepositoryPlan(
    Holders root,
    Holders targets,
    List<PlannedRole> delegated,
    OnlineSigners online,
    TufKey time,
    Expiries expiries) {

  /// Lists of what is banned; people sign.
  public static final RoleName BLOCKLIST = new RoleName("blocklist");

  /// Exemptions by shard; the server signs. Can only make agents do less.
  public static final RoleName EXEMPTIONS = new RoleName("exemptions");

  /// Stop and pause; the server signs. Can only delay.
  public static final RoleName CONTROLS = new RoleName("controls");

  public RepositoryPlan {
    delegated = List.copyOf(delegated);
  }

  /// The roles of every Interdict repository: `blocklist/*`, `exemptions/*` and `controls/*`.
  public static List<PlannedRole> roles(Holders blocklist, Holders exemptions, Holders controls) {
    return List.of(
        new PlannedRole(BLOCKLIST, blocklist, List.of("blocklist/*")),
        new PlannedRole(EXEMPTIONS, exemptions, List.of("exemptions/*")),
        new PlannedRole(CONTROLS, controls, List.of("controls/*")));
  }

  /// A small company's beginning: one key a role, all of them on the server. Whoever takes the
  /// server then holds everything; root, targets and blocklist keys should move offline soon.
  public static RepositoryPlan small(SmallKeys keys, Expiries expiries) {
    return new RepositoryPlan(
        Holders.of(1, keys.root()),
        Holders.of(1, keys.targets()),
        roles(
            Holders.of(1, keys.blocklist()),
            Holders.of(1, keys.exemptions()),
            Holders.of(1, keys.controls())),
        new OnlineSigners(keys.snapshot(), keys.timestamp()),
        keys.time().key(),
        expiries);
  }

  /// One signing key for each role.
  public record SmallKeys(
      Signer root,
      Signer targets,
      Signer blocklist,
      Signer exemptions,
      Signer controls,
      Signer snapshot,
      Signer timestamp,
      Signer time) {}
}
