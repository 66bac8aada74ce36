package dev.interdict.server.fleet;

/// What came of a report.
public sealed interface ReportOutcome {

  /// It is stored and counted; the device may forget it.
  record Accepted() implements ReportOutcome {}

  /// The same bytes were stored before; nothing changed, the device may forget it.
  record Repeated() implements ReportOutcome {}

  /// Another report holds its place in the device's chain: a replay with changed bytes, or two
  /// machines that hold one key. Flagged, and not merged into the history.
  record Forked(long expected) implements ReportOutcome {}

  /// The request does not prove the device it speaks for.
  record NotProven(String why) implements ReportOutcome {}

  /// The device proved itself, yet the report is none that we read.
  record Malformed(String why) implements ReportOutcome {}
}
