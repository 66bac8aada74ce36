package dev.interdict.report;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import java.util.ArrayList;

/// Where a device's chain of reports stands with the server, in an answer that the device does not
/// expect: another report holds the place of the one it sent (409), or later ones than this are
/// there (200). A claim like all that the server says unsigned: a device lets its next number be
/// that one and, at most once a day, tells its people anew and lets dates wait as long as they
/// could have been put off.
public final class ChainAnswer {
  /// The member of the answer, a whole number: the sequence that the next report is to have.
  public static final String EXPECTED = "expected";

  private static final JsonLimits LIMITS = new JsonLimits(64 << 10, 8, 4 << 10, 1000, false);

  private ChainAnswer() {}

  /// The next number by an answer's body; 0 if it says none.
  ///
  /// @throws JsonException if it is malformed, or says one that is no number of a report
  public static long expected(byte[] body) throws JsonException {
    var faults = new ArrayList<Fault>();
    var fields = Fields.of(JsonReader.read(body, LIMITS), faults);
    var expected = fields.optionalInteger(EXPECTED, 1, Footing.MOST_VERSION, 0);
    if (!faults.isEmpty()) {
      throw new JsonException("not understood: " + faults.getFirst());
    }
    return expected;
  }
}
