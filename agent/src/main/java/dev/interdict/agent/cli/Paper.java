package dev.interdict.agent.cli;

import dev.interdict.agent.platform.TerminalColour;
import dev.interdict.agent.wording.Columns;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Where a command writes: lines of at most so many columns, and tables.
///
/// @param columns of a line at most
/// @param colour whether it may use bold and colours
record Paper(PrintWriter out, int columns, boolean colour) {
  /// What every terminal shows at least.
  static final int COLUMNS = 80;

  /// A line of the form "label: value".
  private static final Pattern LABELLED = Pattern.compile("^( *\\S.*?  +)(?=\\S)");

  /// A text that ends with a command line, which must stay whole to be copied.
  private static final Pattern COMMAND = Pattern.compile("(.*[:：]) *(interdict-agent \\S[^:：]*)");

  /// Beyond this a value begins too far to the right to have room.
  private static final int MOST_LABEL = 40;

  /// Whether our output is a terminal that may be coloured.
  static boolean onTerminal() {
    var console = System.console();
    return TerminalColour.permitted(console != null && console.isTerminal(), System.getenv());
  }

  void blank() {
    out.println();
  }

  /// A heading.
  void heading(String text) {
    lines(text, colour ? "\u001B[1m" : "");
  }

  /// A line, broken where it is too long; what goes on stands under the value, or under the text.
  void line(String text) {
    lines(text, "");
  }

  /// A line that begins with a mark: green for good, red for bad.
  void mark(boolean good, String mark, String text) {
    var wrapped = wrapped(mark + "  " + text);
    var coloured = colour ? (good ? "\u001B[32m" : "\u001B[31m") + mark + "\u001B[0m" : mark;
    out.println(coloured + wrapped.getFirst().substring(mark.length()));
    wrapped.subList(1, wrapped.size()).forEach(out::println);
  }

  /// A line that must stay whole, such as a command or an address.
  void whole(String text) {
    out.println(text);
  }

  private void lines(String text, String style) {
    for (var line : wrapped(text)) {
      out.println(style.isEmpty() ? line : style + line + "\u001B[0m");
    }
  }

  private List<String> wrapped(String text) {
    if (Columns.of(text) <= columns) {
      return List.of(text);
    }
    var command = COMMAND.matcher(text);
    if (command.matches() && Columns.of(command.group(2)) <= columns - 4) {
      var lines = new ArrayList<>(wrapped(command.group(1)));
      lines.add("    " + command.group(2));
      return lines;
    }
    var label = LABELLED.matcher(text);
    var start = text.length() - text.stripLeading().length();
    var head = label.find() && Columns.of(label.group()) <= MOST_LABEL ? label.end() : start;
    var indent = head == start ? start + 2 : Columns.of(text.substring(0, head));
    var lines = new ArrayList<String>();
    var first = true;
    for (var line : Columns.wrap(text.substring(head), columns - indent)) {
      lines.add(first ? text.substring(0, head) + line : " ".repeat(indent) + line);
      first = false;
    }
    return lines;
  }

  /// One row of a table; what does not fit its column goes on below.
  ///
  /// @param widths of the columns, between which there is one blank
  void row(List<Integer> widths, List<String> cells) {
    row(widths, cells, "");
  }

  /// The row above a table.
  void headings(List<Integer> widths, List<String> cells) {
    row(widths, cells, colour ? "\u001B[1m" : "");
  }

  private void row(List<Integer> widths, List<String> cells, String style) {
    var wrapped = new ArrayList<List<String>>();
    for (var i = 0; i < cells.size(); i++) {
      wrapped.add(Columns.wrap(cells.get(i), widths.get(i)));
    }
    var height = wrapped.stream().mapToInt(List::size).max().orElse(0);
    for (var h = 0; h < height; h++) {
      var line = new StringBuilder();
      for (var i = 0; i < wrapped.size(); i++) {
        var cell = h < wrapped.get(i).size() ? wrapped.get(i).get(h) : "";
        line.append(cell).append(" ".repeat(widths.get(i) + 1 - Columns.of(cell)));
      }
      lines(line.toString().stripTrailing(), style);
    }
  }
}
