package dev.interdict.agent.wording;

import java.util.ArrayList;
import java.util.List;

/// A notice as at most six lines of 76 columns in an ASCII frame: who speaks, the title, the body,
/// an address, and where to learn more.
public final class TerminalText {
  /// Of a line at most.
  public static final int COLUMNS = 76;

  private static final int LINES = 6;

  private TerminalText() {}

  /// The lines, without line ends.
  ///
  /// @param colour whether the title may be bold
  public static List<String> lines(Texts texts, boolean colour) {
    var lines = new ArrayList<String>();
    var head = "-- " + Columns.cut(texts.sender(), COLUMNS - 8) + " ";
    lines.add(head + "-".repeat(COLUMNS - Columns.of(head)));
    var title = Columns.cut(texts.title(), COLUMNS);
    lines.add(colour ? "\u001B[1m" + title + "\u001B[0m" : title);
    var room = LINES - 3;
    var body = Columns.wrap(texts.body(), COLUMNS);
    if (body.size() > room) {
      var rest = String.join(" ", body.subList(room - 1, body.size()));
      body = new ArrayList<>(body.subList(0, room - 1));
      body.add(Columns.cut(rest, COLUMNS));
    }
    lines.addAll(body);
    var link = texts.link();
    if (link != null && body.size() < room) {
      var line = link.name() + ": " + link.url();
      // Half an address leads somewhere else; one that does not fit is left to `explain`.
      if (Columns.of(line) <= COLUMNS) {
        lines.add(line);
      }
    }
    lines.add(Columns.cut(texts.more(), COLUMNS));
    return lines;
  }
}
