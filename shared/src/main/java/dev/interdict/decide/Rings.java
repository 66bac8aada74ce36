package dev.interdict.decide;

import dev.interdict.policy.Rule;
import dev.interdict.policy.Scope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/// Which ring of a rule a device is in: a stable hash of rule and device, so that the same devices
/// do not go first with every rule.
public final class Rings {
  private Rings() {}

  /// The name of the device's ring; empty for the rest of the fleet.
  public static Optional<String> nameOf(Rule rule, String device) {
    return of(rule, device).map(Scope.Ring::name);
  }

  /// The ring, or empty for the rest of the fleet, which follows the rule's own date.
  static Optional<Scope.Ring> of(Rule rule, String device) {
    var percentile = percentile(rule.id().value() + "\n" + device);
    var upTo = 0;
    for (var ring : rule.scope().rings()) {
      upTo += ring.percent();
      if (percentile < upTo) {
        return Optional.of(ring);
      }
    }
    return Optional.empty();
  }

  private static int percentile(String text) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return (((hash[0] & 0xff) << 16) | ((hash[1] & 0xff) << 8) | (hash[2] & 0xff)) % 100;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
