package dev.interdict.trust.keys;

import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The name of a public key: SHA-256 of its canonical JSON in lower-case hex (specification 1.0.34,
/// section 4.2), so that an id cannot be given to another key.
public record KeyId(String value) implements Comparable<KeyId> {

  /// The id of the key object `key`.
  public static KeyId of(Json.Obj key) {
    return new KeyId(sha256(JsonWriter.canonical(key)));
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no SHA-256", e);
    }
  }

  @Override
  public int compareTo(KeyId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
