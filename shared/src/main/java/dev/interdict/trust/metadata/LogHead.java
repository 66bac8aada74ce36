package dev.interdict.trust.metadata;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How far the server's audit log was when a timestamp was signed: our field `x-interdict-log`.
/// Whoever keeps a timestamp, a device or a mirror, is a witness of what the log held then. Decides
/// nothing: a client believes a timestamp with any head, and without one.
///
/// @param length how many entries, 1 to 2^53 - 1
/// @param sha256 of the last of them, in hex
public record LogHead(long length, String sha256) {
  static final String FIELD = "x-interdict-log";

  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  public LogHead {
    if (length < 1 || length > Header.HIGHEST_VERSION || !SHA_256.matcher(sha256).matches()) {
      throw new IllegalArgumentException("no head of a log");
    }
  }

  /// Null where there is none, or none that can be read: it is not what a timestamp is for.
  static @Nullable LogHead read(Fields fields) {
    if (fields.optional(FIELD) instanceof Json.Obj head
        && head.get("length") instanceof Json.Int(var length)
        && head.get("sha256") instanceof Json.Text(var sha256)
        && length >= 1
        && length <= Header.HIGHEST_VERSION
        && SHA_256.matcher(sha256).matches()) {
      return new LogHead(length, sha256);
    }
    return null;
  }

  Json.Obj write() {
    return Json.object().put("length", length).put("sha256", sha256).build();
  }
}
