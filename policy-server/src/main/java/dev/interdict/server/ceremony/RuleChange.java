package dev.interdict.server.ceremony;

import dev.interdict.identity.Printable;
import java.util.List;

/// What a draft does to one rule.
///
/// @param title the tool's name and publisher
/// @param lines every single thing that is new or different
public record RuleChange(Kind kind, String id, String title, List<Line> lines) {
  public RuleChange {
    lines = List.copyOf(lines);
  }

  /// What happens to the rule.
  public enum Kind {
    ADDED,
    CHANGED,
    REMOVED
  }

  /// One member of the rule.
  ///
  /// @param path as the rule file writes it, such as `timeline.effective`
  /// @param text the new value, or the old and the new one
  /// @param warning what makes it more than it was, or empty
  public record Line(String path, String text, String warning) {
    public Line {
      path = Printable.of(path);
    }
  }
}
