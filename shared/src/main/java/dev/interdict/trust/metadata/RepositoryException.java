package dev.interdict.trust.metadata;

import dev.interdict.json.Fault;
import java.util.List;

/// The repository offers something that must not be believed. The one error of everything that
/// reads or judges signed files; whoever merely cannot reach the repository gets another.
///
/// It is never a reason to try harder or to believe less strictly: the last good state stays.
public final class RepositoryException extends Exception {
  private static final long serialVersionUID = 1;

  /// What is wrong, in the terms by which a person is alarmed.
  public enum Family {
    /// Not the format: malformed, a field missing or out of range. Reaction: report.
    MALFORMED,
    /// Fewer valid signatures by distinct keys than the threshold. Reaction: report, alarm.
    SIGNATURE,
    /// Older than what was seen before. Reaction: report, alarm.
    ROLLBACK,
    /// Past its expiry: a repository that is neglected or withheld. Reaction: report STALE.
    EXPIRED,
    /// Not the length, hash, version or name that a signed file promised. Reaction: report.
    MISMATCH,
    /// A file that must be there is not. Reaction: report, try again next cycle.
    MISSING,
    /// More bytes, roots, roles or signatures than we take. Reaction: report.
    LIMIT
  }

  private static final int LONGEST = 400;

  private final Family family;

  public RepositoryException(Family family, String message) {
    super(printable(message));
    this.family = family;
  }

  /// Messages may quote names that a stranger chose: no control characters or directional marks,
  /// and not without end.
  private static String printable(String message) {
    var out = new StringBuilder();
    for (var i = 0; i < message.length() && i < LONGEST; i++) {
      var c = message.charAt(i);
      var plain =
          switch (Character.getType(c)) {
            case Character.CONTROL,
                Character.FORMAT,
                Character.SURROGATE,
                Character.LINE_SEPARATOR,
                Character.PARAGRAPH_SEPARATOR ->
                false;
            default -> true;
          };
      out.append(plain ? c : '?');
    }
    return message.length() > LONGEST ? out.append("...").toString() : out.toString();
  }

  /// The document `what` with the first of its faults.
  static RepositoryException malformed(String what, List<Fault> faults) {
    return new RepositoryException(
        Family.MALFORMED,
        what
            + " is malformed: "
            + faults.getFirst()
            + (faults.size() > 1 ? " (and " + (faults.size() - 1) + " more faults)" : ""));
  }

  public Family family() {
    return family;
  }
}
