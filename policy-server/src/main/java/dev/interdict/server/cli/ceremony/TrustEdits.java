package dev.interdict.server.cli.ceremony;

import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.trust.keys.PublicKeyFile;
import dev.interdict.trust.keys.TufKey;
import dev.interdict.trust.metadata.RoleKeys;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.Schemes;
import dev.interdict.trust.repository.TrustPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import picocli.CommandLine.Option;

/// The options of `root new` that say who is to sign for what.
final class TrustEdits {
  @Option(
      names = "--role",
      paramLabel = "ROLE=N:FILE[,FILE...]",
      description =
          "The role's keys from now on, and how many of them must sign; public keys as interdict"
              + " key new writes them.")
  private List<String> roles = List.of();

  @Option(names = "--add", paramLabel = "ROLE=FILE", description = "One more key for the role.")
  private List<String> added = List.of();

  @Option(
      names = "--remove",
      paramLabel = "ROLE=KEYID",
      description = "One key less; the id's first 8 digits are enough.")
  private List<String> removed = List.of();

  @Option(
      names = "--threshold",
      paramLabel = "ROLE=N",
      description = "How many of the role's keys must sign.")
  private List<String> thresholds = List.of();

  @Option(
      names = "--allow-scheme",
      paramLabel = "SCHEME",
      description =
          "Let keys of this scheme count too: ecdsa-sha2-nistp256 or rsassa-pss-sha256, for tokens"
              + " that cannot do Ed25519.")
  private List<String> allowed = List.of();

  @Option(names = "--only-ed25519", description = "Let keys of other schemes count no more.")
  private boolean onlyEd25519;

  boolean isEmpty() {
    return allowed.isEmpty()
        && !onlyEd25519
        && roles.isEmpty()
        && added.isEmpty()
        && removed.isEmpty()
        && thresholds.isEmpty();
  }

  /// The plan with these changes.
  ///
  /// @throws Failure if one does not make sense
  TrustPlan apply(TrustPlan plan) throws IOException {
    var next = plan.with(schemes(plan.schemes()));
    for (var text : roles) {
      var role = role(text, plan);
      var value = value(text);
      var colon = value.indexOf(':');
      if (colon < 1) {
        throw new Failure(Exit.USAGE, "--role is ROLE=N:FILE,FILE, not " + text);
      }
      var keys = new ArrayList<TufKey>();
      for (var file : value.substring(colon + 1).split(",")) {
        keys.add(PublicKeyFile.read(Path.of(file)).key());
      }
      next = next.with(role, keys(keys, number(value.substring(0, colon), text), text));
    }
    for (var text : added) {
      var role = role(text, plan);
      var keys = new ArrayList<>(of(next, role).keys());
      keys.add(PublicKeyFile.read(Path.of(value(text))).key());
      next = next.with(role, keys(keys, of(next, role).threshold(), text));
    }
    for (var text : removed) {
      var role = role(text, plan);
      next = next.with(role, without(of(next, role), value(text), role));
    }
    for (var text : thresholds) {
      var role = role(text, plan);
      next = next.with(role, keys(of(next, role).keys(), number(value(text), text), text));
    }
    for (var role : next.roles()) {
      enough(role, of(next, role), next.schemes());
    }
    return next;
  }

  private Schemes schemes(Schemes now) {
    for (var scheme : allowed) {
      if (!Schemes.SPECIFICATION.names().contains(scheme)) {
        throw new Failure(
            Exit.USAGE,
            "\"" + scheme + "\" is no scheme; write one of " + Schemes.SPECIFICATION.names());
      }
    }
    return (onlyEd25519 ? Schemes.ED25519 : now).and(allowed);
  }

  private static RoleKeys without(RoleKeys keys, String id, RoleName role) {
    var left = new ArrayList<>(keys.keys());
    left.remove(KeyIds.find(id, keys.keys(), role));
    return new RoleKeys(left, keys.threshold());
  }

  private static RoleKeys keys(List<TufKey> keys, int threshold, String text) {
    var ids = new HashSet<String>();
    for (var key : keys) {
      if (!ids.add(key.fingerprint())) {
        throw new Failure(Exit.USAGE, text + " names the same key twice");
      }
    }
    return new RoleKeys(keys, threshold);
  }

  private static void enough(RoleName role, RoleKeys keys, Schemes schemes) {
    var usable = keys.keys().stream().filter(key -> schemes.names().contains(key.scheme())).count();
    if (keys.threshold() > usable) {
      throw new Failure(
          Exit.USAGE,
          "role "
              + role
              + " would have "
              + usable
              + " keys of a scheme that counts, "
              + keys.threshold()
              + " of which must sign; add keys, or lower it with --threshold "
              + role
              + "=N");
    }
  }

  private static RoleKeys of(TrustPlan plan, RoleName role) {
    var keys = plan.keys(role);
    if (keys == null) {
      throw new Failure(Exit.USAGE, "there is no role " + role);
    }
    return keys;
  }

  private static RoleName role(String text, TrustPlan plan) {
    var name = text.substring(0, Math.max(0, text.indexOf('=')));
    for (var role : plan.roles()) {
      if (role.value().equals(name)) {
        return role;
      }
    }
    throw new Failure(
        Exit.USAGE, "\"" + text + "\" must begin with one of " + plan.roles() + " and =");
  }

  private static String value(String text) {
    return text.substring(text.indexOf('=') + 1);
  }

  private static int number(String number, String text) {
    if (!number.matches("[1-9][0-9]{0,2}")) {
      throw new Failure(Exit.USAGE, text + ": how many must sign is a number from 1 on");
    }
    return Integer.parseInt(number);
  }
}
