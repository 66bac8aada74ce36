package dev.interdict.agent.wording;

import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.Notifier;
import dev.interdict.agent.notice.Receipt;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Shows a notice as at most six lines of 76 columns in an ASCII frame. Not thread-safe.
///
/// It writes where it is told to and asks nothing of it: whether somebody sits in front of the
/// stream is for the caller to know.
public final class TerminalNotifier implements Notifier {
  static final int COLUMNS = 76;
  private static final int LINES = 6;

  private final PrintStream out;
  private final boolean colour;
  private final InstantSource clock;

  /// @param out where to write, in its own character set
  /// @param colour whether the title may be bold, see [#colour]
  public TerminalNotifier(PrintStream out, boolean colour, InstantSource clock) {
    this.out = out;
    this.colour = colour;
    this.clock = clock;
  }

  /// Whether a stream may be coloured: only a terminal, only one that can, and never against
  /// `NO_COLOR` (any value that is not empty, as no-color.org has it).
  public static boolean colour(boolean terminal, Map<String, String> environment) {
    return terminal
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "dumb").equals("dumb");
  }

  @Override
  public Receipt show(Notice notice) {
    var lines = lines(Wording.texts(notice, clock.instant()));
    var encoder = out.charset().newEncoder();
    if (!lines.stream().allMatch(encoder::canEncode)) {
      return new Receipt.Failed(Receipt.Reason.CHARACTER_SET);
    }
    if (colour) {
      lines.set(1, "\u001B[1m" + lines.get(1) + "\u001B[0m");
    }
    out.print(String.join("\n", lines) + "\n");
    return out.checkError()
        ? new Receipt.Failed(Receipt.Reason.WRITE_ERROR)
        : new Receipt.Shown(Receipt.Channel.TERMINAL, clock.instant());
  }

  private static List<String> lines(Texts texts) {
    var lines = new ArrayList<String>();
    var head = "-- " + Columns.cut(texts.sender(), COLUMNS - 8) + " ";
    lines.add(head + "-".repeat(COLUMNS - Columns.of(head)));
    lines.add(Columns.cut(texts.title(), COLUMNS));
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
