package dev.interdict.json;

/// One thing wrong with a document that was well-formed JSON.
///
/// @param kind what sort of thing, for readers that explain it further
/// @param pointer where, as a JSON pointer (RFC 6901); empty for the document itself
/// @param message what is wrong and what to write instead
public record Fault(Kind kind, String pointer, String message) {

  /// The sorts of fault.
  public enum Kind {
    /// A member that must be there is not; the pointer is its object's.
    MISSING,
    /// A member that nobody knows.
    UNKNOWN_FIELD,
    /// A text without a character that is seen.
    EMPTY,
    /// A value that is there and is wrong.
    VALUE
  }

  /// A fault of a value.
  public Fault(String pointer, String message) {
    this(Kind.VALUE, pointer, message);
  }

  @Override
  public String toString() {
    return pointer.isEmpty() ? message : pointer + ": " + message;
  }
}
