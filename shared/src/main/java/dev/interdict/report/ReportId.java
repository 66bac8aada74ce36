package dev.interdict.report;

import java.util.regex.Pattern;

/// A report's name, made on the device; the same report sent twice carries the same id.
///
/// @param value 8 to 64 letters, digits and dashes; a random UUID will do
public record ReportId(String value) {
  private static final Pattern SHAPE = Pattern.compile("[0-9A-Za-z-]{8,64}");

  /// @throws IllegalArgumentException if it has another shape
  public ReportId {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException("a report id is 8 to 64 letters, digits and dashes");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
