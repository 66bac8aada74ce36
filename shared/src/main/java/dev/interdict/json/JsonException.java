package dev.interdict.json;

/// Bytes that are not the JSON we accept. The one error of every reader in this package; the
/// message says what is wrong and where, never quotes the input.
public final class JsonException extends Exception {
  private static final long serialVersionUID = 1;

  public JsonException(String message) {
    super(message);
  }
}
