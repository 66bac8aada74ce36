package dev.interdict.server.fleet;

import dev.interdict.report.Look;
import java.util.List;

/// What came of a report.
public sealed interface ReportOutcome {

  /// It is stored and counted; the device may forget it.
  ///
  /// @param looks at the device's page, of which it is told with this answer
  record Accepted(List<Look> looks) implements ReportOutcome {
    public Accepted {
      looks = List.copyOf(looks);
    }
  }

  /// The same bytes were stored before; nothing changed, the device may forget it.
  ///
  /// @param looks that the first answer told of
  /// @param expected the sequence after the newest report that is here, or 0 if this is it: a
  ///   device that did not know of later ones was set back to an earlier time
  record Repeated(List<Look> looks, long expected) implements ReportOutcome {
    public Repeated {
      looks = List.copyOf(looks);
    }
  }

  /// Another report holds its place in the device's chain: a replay with changed bytes, or two
  /// machines that hold one key. Flagged, and not merged into the history.
  ///
  /// @param expected the sequence after the newest report that is here
  record Forked(long expected) implements ReportOutcome {}

  /// The device goes on from a history that another machine with its key has left behind. Refused
  /// until one of the two is enrolled anew.
  record Cloned() implements ReportOutcome {}

  /// The request does not prove the device it speaks for.
  record NotProven(String why) implements ReportOutcome {}

  /// The device proved itself, yet the report is none that we read.
  record Malformed(String why) implements ReportOutcome {}
}
