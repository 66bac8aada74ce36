package dev.interdict.trust.metadata;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What all kinds of metadata share.
///
/// @param version 1 to 2^53 - 1
/// @param expires from this instant on the file must not be newly believed
/// @param issued our field `x-interdict-issued`: when it was signed, a lower bound of the present;
///   null where absent or later than `expires`, which no honest signer writes
public record Header(long version, Instant expires, @Nullable Instant issued) {
  /// Above it, numbers stop being exact in half of the world's JSON readers.
  public static final long HIGHEST_VERSION = (1L << 53) - 1;

  private static final String ISSUED = "x-interdict-issued";

  /// Whether it must not be newly believed at `start` (5.3.10, 5.4.4, 5.5.6, 5.6.6).
  public boolean isExpired(Instant start) {
    return !expires.isAfter(start);
  }

  static Header read(Fields fields, String type) {
    if (!type.equals(fields.text("_type"))) {
      fields.fault("_type", "must be \"" + type + "\"");
    }
    if (!isSpecVersion1(fields.text("spec_version"))) {
      fields.fault("spec_version", "must be 1.N or 1.N.N");
    }
    var version = fields.integer("version", 1, HIGHEST_VERSION);
    var expires = fields.parsed("expires", Rfc3339::parse, Instant.EPOCH);
    var issued = fields.has(ISSUED) ? fields.parsed(ISSUED, Rfc3339::parse, Instant.EPOCH) : null;
    return new Header(version, expires, issued != null && issued.isAfter(expires) ? null : issued);
  }

  /// Throws if reading has found anything wrong.
  static void check(String what, List<Fault> faults) throws RepositoryException {
    if (!faults.isEmpty()) {
      throw RepositoryException.malformed(what, faults);
    }
  }

  private static boolean isSpecVersion1(String text) {
    var parts = text.split("\\.", -1);
    if (parts.length < 2 || parts.length > 3 || !parts[0].equals("1")) {
      return false;
    }
    for (var part : parts) {
      if (part.isEmpty() || part.length() > 6 || !isDigits(part)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigits(String text) {
    for (var i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /// Starts a document of the kind `type`.
  public Json.Builder write(String type) {
    return Json.object()
        .put("_type", type)
        .put("spec_version", "1.0.34")
        .put("version", version)
        .put("expires", Rfc3339.format(expires))
        .put(ISSUED, issued == null ? null : Rfc3339.format(issued));
  }
}
