package dev.interdict.trust.metadata;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.trust.metadata.RepositoryException.Family;
import org.jspecify.annotations.Nullable;

/// What one metadata file promises of another (METAFILES, specification 1.0.34, section 4.4).
///
/// @param length in bytes, null where the promise leaves it out
/// @param hashes null where the promise leaves them out
public record FileMeta(long version, @Nullable Long length, @Nullable Hashes hashes) {

  /// The full promise of `file`.
  public static FileMeta of(Metadata file) {
    var bytes = file.file().bytes();
    return new FileMeta(file.version(), (long) bytes.length, Hashes.of(bytes));
  }

  /// Holds the promise against the bytes (5.5.2, 5.6.2).
  public void checkBytes(byte[] bytes, String what) throws RepositoryException {
    if (length != null && length != bytes.length) {
      throw new RepositoryException(
          Family.MISMATCH,
          what + " has " + bytes.length + " bytes, the signed length is " + length);
    }
    if (hashes != null && !hashes.match(bytes)) {
      throw new RepositoryException(Family.MISMATCH, what + " does not have the signed hash");
    }
  }

  /// Holds the promise against the version (5.5.4, 5.6.4).
  public void checkVersion(Metadata file, String what) throws RepositoryException {
    if (file.version() != version) {
      throw new RepositoryException(
          Family.MISMATCH,
          what + " has version " + file.version() + ", the signed version is " + version);
    }
  }

  static FileMeta read(Fields fields) {
    var version = fields.integer("version", 1, Header.HIGHEST_VERSION);
    Long length = fields.has("length") ? fields.integer("length", 0, Header.HIGHEST_VERSION) : null;
    var hashes = fields.optionalObject("hashes");
    return new FileMeta(version, length, hashes == null ? null : Hashes.read(hashes));
  }

  Json.Obj write() {
    return Json.object()
        .put("version", version)
        .put("length", length == null ? null : new Json.Int(length))
        .put("hashes", hashes == null ? null : hashes.write())
        .build();
  }
}
