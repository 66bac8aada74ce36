package dev.interdict.server.fleet.expected;

import java.util.List;
import java.util.Set;

/// What an import changes, or would.
///
/// @param rows lines of the file that are understood
/// @param added entries that are new
/// @param returning entries that an earlier import retired because they were missing, and that are
///   back
/// @param changed entries that stay with something else in them
/// @param same entries that stay as they are
/// @param keptRetired rows of entries that somebody retired here: they stay retired
/// @param leaving entries that stop counting because the file says so
/// @param missing entries that count, and are not in the file
/// @param counting entries that count before
/// @param faults the first lines that cannot be used, with why
/// @param bad how many lines that are
/// @param ignored columns that say nothing here
public record Plan(
    long rows,
    long added,
    long returning,
    long changed,
    long same,
    long keptRetired,
    long leaving,
    long missing,
    long counting,
    List<Fault> faults,
    long bad,
    Set<String> ignored) {
  /// How many lines that cannot be used are named.
  public static final int SHOWN_FAULTS = 50;

  /// A line that cannot be used.
  public record Fault(long line, String why) {}

  public Plan {
    faults = List.copyOf(faults);
    ignored = Set.copyOf(ignored);
  }

  /// How many entries would leave the fleet.
  public long retiring(boolean retireMissing) {
    return leaving + (retireMissing ? missing : 0);
  }

  /// Whether that is more than may go without being asked for by number: 5 % of what counts.
  public boolean retiresMany(boolean retireMissing) {
    return retiring(retireMissing) * 20 > counting;
  }
}
