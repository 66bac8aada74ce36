package dev.interdict.json;

/// One thing wrong with a document that was well-formed JSON.
///
/// @param pointer where, as a JSON pointer (RFC 6901); empty for the document itself
/// @param message what is wrong and what to write instead
public record Fault(String pointer, String message) {
  @Override
  public String toString() {
    return pointer.isEmpty() ? message : pointer + ": " + message;
  }
}
