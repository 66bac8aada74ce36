package dev.interdict.server.cli.simulate;

import com.ibm.icu.text.BreakIterator;
import dev.interdict.decide.story.Story;
import dev.interdict.server.cli.terminal.Columns;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/// A story as lines of at most 80 columns: a heading for each day on which something happens, and
/// beneath it the time and a sentence.
final class StoryText {
  private static final int WIDTH = 80;
  private static final int INDENT = 9;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

  private final StoryWords words;

  StoryText(StoryWords words) {
    this.words = words;
  }

  /// A line, and whether it heads a day.
  record Line(String text, boolean heading) {}

  List<Line> lines(Story story) {
    var sentences = new HappeningWords(words, story);
    var headings = DateTimeFormatter.ofPattern(words.text("pattern.day"), words.locale());
    var lines = new ArrayList<Line>();
    LocalDate day = null;
    var clock = "";
    for (var happening : story.happenings()) {
      var local = happening.at().atZone(story.zones().apply(happening.at()));
      if (!local.toLocalDate().equals(day)) {
        day = local.toLocalDate();
        clock = "";
        lines.add(new Line(headings.format(local), true));
      }
      var time = TIME.format(local);
      var label = time.equals(clock) ? "" : time;
      clock = time;
      var first = true;
      for (var text : folded(sentences.sentence(happening), WIDTH - INDENT)) {
        lines.add(new Line("  %-5s  %s".formatted(first ? label : "", text), false));
        first = false;
      }
    }
    return lines;
  }

  /// The text in lines of so many columns, broken where its language allows it.
  List<String> folded(String text, int columns) {
    var lines = new ArrayList<String>();
    var breaks = BreakIterator.getLineInstance(words.locale());
    breaks.setText(text);
    var line = new StringBuilder();
    var start = breaks.first();
    for (var end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
      var piece = text.substring(start, end);
      if (!line.isEmpty() && Columns.of(line + piece.stripTrailing()) > columns) {
        lines.add(line.toString().stripTrailing());
        line.setLength(0);
      }
      line.append(piece);
      start = end;
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }
}
