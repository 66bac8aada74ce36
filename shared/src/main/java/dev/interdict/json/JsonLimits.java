package dev.interdict.json;

/// What a reader accepts at most, so that no document can exhaust the process that reads it.
///
/// @param bytes length of the whole document
/// @param depth nesting of objects and arrays
/// @param textLength characters in one string or member name
/// @param values values in the document, members and items counted alike
/// @param decimals whether numbers with a fraction or exponent are let through as [Json.Decimal]
public record JsonLimits(int bytes, int depth, int textLength, int values, boolean decimals) {

  /// Signed documents and our own messages: whole numbers only, 32 levels, 5 MiB.
  public static final JsonLimits OWN = new JsonLimits(5 << 20, 32, 64 << 10, 500_000, false);

  /// Files written by other programs (a `package.json`): bounded harder, but numbers may be
  /// decimal.
  public static final JsonLimits FOREIGN = new JsonLimits(1 << 20, 64, 64 << 10, 100_000, true);

  /// The same limits with another length of the whole document.
  public JsonLimits withBytes(int bytes) {
    return new JsonLimits(bytes, depth, textLength, values, decimals);
  }
}
