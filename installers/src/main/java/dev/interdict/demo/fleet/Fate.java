package dev.interdict.demo.fleet;

import dev.interdict.report.ErrorClass;
import dev.interdict.report.Problem;
import java.time.Duration;

/// What becomes of one device. Delays are fractions of the time they lie in, so that the same
/// company can live through a ban of two minutes or of two weeks.
sealed interface Fate {

  /// Never had the tool.
  record Clean() implements Fate {}

  /// Its user removes the tool before the date.
  ///
  /// @param part of the time between announcement and date that passes before
  record Leaves(double part) implements Fate {}

  /// The agent removes the tool at the date.
  ///
  /// @param after how long after the date its next cycle comes
  record Obeys(Duration after) implements Fate {}

  /// The agent tries at the date and does not succeed.
  record Fails(Duration after, ErrorClass error) implements Fate {}

  /// Has an exemption.
  record Exempt(Duration beyondDate) implements Fate {}

  /// Has the tool, and is not heard of any more after its first report.
  record Silent() implements Fate {}

  /// Enrolled, and could never be scanned.
  record Unsupported() implements Fate {}

  /// Nothing found, yet not wholly inspected.
  record PartlySeen(String source, Problem problem) implements Fate {}
}
