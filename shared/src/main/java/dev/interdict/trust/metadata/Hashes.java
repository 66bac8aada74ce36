package dev.interdict.trust.metadata;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The hashes of a file by algorithm name, in hex. Algorithms other than SHA-256 and SHA-512 are
/// kept and never believed.
public record Hashes(Map<String, String> byAlgorithm) {
  private static final String SHA256 = "sha256";
  private static final String SHA512 = "sha512";

  public Hashes {
    byAlgorithm = Map.copyOf(byAlgorithm);
  }

  /// The SHA-256 of `bytes`.
  public static Hashes of(byte[] bytes) {
    return new Hashes(Map.of(SHA256, sha256(bytes)));
  }

  /// The SHA-256 of `bytes` in lower-case hex.
  static String sha256(byte[] bytes) {
    return digest("SHA-256", bytes);
  }

  /// Whether every known hash is that of `bytes`, and at least one is known (5.7.2).
  public boolean match(byte[] bytes) {
    var known = 0;
    for (var entry : byAlgorithm.entrySet()) {
      var algorithm = jdkName(entry.getKey());
      if (algorithm != null) {
        if (!entry.getValue().toLowerCase(Locale.ROOT).equals(digest(algorithm, bytes))) {
          return false;
        }
        known++;
      }
    }
    return known > 0;
  }

  /// The hash that leads a target's file name (5.7.3), or null if no known one is there.
  public @Nullable String forFileName() {
    var sha256 = byAlgorithm.get(SHA256);
    return sha256 == null ? byAlgorithm.get(SHA512) : sha256;
  }

  private static @Nullable String jdkName(String algorithm) {
    return switch (algorithm) {
      case SHA256 -> "SHA-256";
      case SHA512 -> "SHA-512";
      default -> null;
    };
  }

  private static String digest(String algorithm, byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no " + algorithm, e);
    }
  }

  static Hashes read(Fields hashes) {
    var all = new TreeMap<String, String>();
    for (var algorithm : java.util.List.copyOf(hashes.names())) {
      var hex = hashes.text(algorithm);
      if (!isHex(hex)) {
        hashes.fault(algorithm, "must be hex digits");
      }
      all.put(algorithm, hex);
    }
    return new Hashes(all);
  }

  /// A hash becomes part of a file name, so nothing but digits may pass.
  private static boolean isHex(String text) {
    for (var i = 0; i < text.length(); i++) {
      if (!HexFormat.isHexDigit(text.charAt(i))) {
        return false;
      }
    }
    return text.length() <= 128;
  }

  Json.Obj write() {
    var written = Json.object();
    new TreeMap<>(byAlgorithm).forEach(written::put);
    return written.build();
  }
}
