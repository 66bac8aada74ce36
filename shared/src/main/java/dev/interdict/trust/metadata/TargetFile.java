package dev.interdict.trust.metadata;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.trust.metadata.RepositoryException.Family;
import org.jspecify.annotations.Nullable;

/// What a targets role promises of one target (specification 1.0.34, section 4.5).
///
/// @param length in bytes
/// @param custom the publisher's own data, or null
public record TargetFile(long length, Hashes hashes, @Nullable Json custom) {

  /// The promise of `content`.
  public static TargetFile of(byte[] content) {
    return new TargetFile(content.length, Hashes.of(content), null);
  }

  /// Holds the promise against the content (5.7.2).
  public void check(byte[] content, String path) throws RepositoryException {
    if (content.length != length) {
      throw new RepositoryException(
          Family.MISMATCH,
          "target " + path + " has " + content.length + " bytes, the signed length is " + length);
    }
    if (!hashes.match(content)) {
      throw new RepositoryException(
          Family.MISMATCH, "target " + path + " does not have the signed hash");
    }
  }

  /// `content` if it is what is promised, or null.
  public byte @Nullable [] contentIfSame(byte[] content) {
    return content.length == length && hashes.match(content) ? content : null;
  }

  static TargetFile read(Fields fields) {
    return new TargetFile(
        fields.integer("length", 0, Header.HIGHEST_VERSION),
        Hashes.read(fields.object("hashes")),
        fields.optional("custom"));
  }

  Json.Obj write() {
    return Json.object()
        .put("length", length)
        .put("hashes", hashes.write())
        .put("custom", custom)
        .build();
  }
}
