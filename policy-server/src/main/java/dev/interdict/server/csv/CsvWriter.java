package dev.interdict.server.csv;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes records as CSV (RFC 4180). A value that a spreadsheet would take for a formula gets an
/// apostrophe before it, since much of what is exported was told by devices (OWASP, "CSV
/// injection").
public final class CsvWriter {
  private static final String FORMULAS = "=+-@\t\r";

  private CsvWriter() {}

  /// One record without its line break; null is an empty value.
  public static String record(List<? extends @Nullable Object> values) {
    return values.stream().map(CsvWriter::value).collect(Collectors.joining(","));
  }

  private static String value(@Nullable Object value) {
    var text = value == null ? "" : value.toString();
    if (!text.isEmpty() && FORMULAS.indexOf(text.charAt(0)) >= 0) {
      text = "'" + text;
    }
    return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? "\"" + text.replace("\"", "\"\"") + "\""
        : text;
  }
}
