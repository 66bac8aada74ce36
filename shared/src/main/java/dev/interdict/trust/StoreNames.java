package dev.interdict.trust;

import dev.interdict.trust.metadata.Hashes;
import dev.interdict.trust.metadata.RoleName;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Under which names a [TrustStore] holds files. A name from a signed file reaches it encoded or
/// hashed, never as it is.
final class StoreNames {
  /// Encoded names longer than this would not fit a file name everywhere.
  private static final int LONGEST = 120;

  private StoreNames() {}

  static String root(long version) {
    return "roots/" + version + ".root.json";
  }

  /// Plain names stay plain; delegated roles that differ only in case, or are a device on Windows,
  /// may share or lose a file, which costs a download and nothing else.
  static String metadata(RoleName role) {
    var encoded = role.encoded();
    if (encoded.length() > LONGEST || isDisguised(role)) {
      return "%%" + hash(encoded) + ".json";
    }
    return (encoded.startsWith(".") ? "%2E" + encoded.substring(1) : encoded) + ".json";
  }

  /// Whether it would take a top-level role's file where names differ by more than case only.
  private static boolean isDisguised(RoleName role) {
    return !role.isTopLevel() && new RoleName(role.value().toLowerCase(Locale.ROOT)).isTopLevel();
  }

  static String target(String path) {
    return "targets/" + hash(path) + ".proven";
  }

  private static String hash(String text) {
    var hash = Hashes.of(text.getBytes(StandardCharsets.UTF_8)).forFileName();
    return String.valueOf(hash).toLowerCase(Locale.ROOT);
  }
}
