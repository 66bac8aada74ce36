package dev.interdict.server.ceremony;

import java.util.Arrays;
import java.util.Base64;

/// Bytes as a value. Immutable.
public final class Blob {
  private final byte[] bytes;

  public Blob(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /// @throws IllegalArgumentException if the text is not Base64 (RFC 4648, section 4)
  static Blob ofBase64(String text) {
    return new Blob(Base64.getDecoder().decode(text));
  }

  String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Blob blob && Arrays.equals(bytes, blob.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return bytes.length + " bytes";
  }
}
