package dev.interdict.demo.stage;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// Tells the story: short chapters of aligned lines, one status line that is rewritten in place on
/// a terminal and repeated every 15 seconds elsewhere. Thread-safe.
public final class Terminal {
  private static final Duration QUIET = Duration.ofSeconds(15);
  private static final String INDENT = "   ";
  private static final int COLUMNS = 78;

  private final PrintStream out;
  private final boolean rewriting;
  private final boolean colour;
  private final InstantSource clock;
  private Instant lastWord;
  private boolean statusOpen;
  private int chapter;

  /// @param rewriting whether a line may be written over
  public Terminal(PrintStream out, boolean rewriting, boolean colour, InstantSource clock) {
    this.out = out;
    this.rewriting = rewriting;
    this.colour = colour;
    this.clock = clock;
    this.lastWord = clock.instant();
  }

  /// The terminal that this process was started on, or whatever stands in for one.
  public static Terminal system(Map<String, String> environment) {
    var console = System.console();
    var terminal =
        console != null
            && console.isTerminal()
            && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    var colour = terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Terminal(System.out, terminal, colour, InstantSource.system());
  }

  public synchronized void paragraph(String text) {
    closeStatus();
    out.println(text.strip().indent(INDENT.length()).stripTrailing());
  }

  public synchronized void chapter(String title) {
    closeStatus();
    chapter++;
    out.println();
    out.println(bold(chapter + "  " + title));
  }

  public synchronized void line(String text) {
    closeStatus();
    out.println((INDENT + text).stripTrailing());
    lastWord = clock.instant();
  }

  public synchronized void row(String label, String value) {
    line("%-12s %s".formatted(label, value));
  }

  /// Something that happened, with its moment.
  public synchronized void event(String moment, String text) {
    line(dim("%-12s".formatted(moment)) + " " + text);
  }

  public synchronized void quote(List<String> lines) {
    closeStatus();
    lines.forEach(line -> out.println((INDENT + "  " + line).stripTrailing()));
  }

  public synchronized void check(boolean good, String text) {
    line((good ? green("ok ") : red("NO ")) + " " + text);
  }

  /// What is going on: rewritten in place, or said where nothing was for a while.
  public synchronized void status(String text) {
    if (rewriting) {
      live(text);
    } else if (!lastWord.plus(QUIET).isAfter(clock.instant())) {
      line(text);
    }
  }

  /// What goes on without end: only rewritten in place.
  public synchronized void live(String text) {
    if (rewriting) {
      out.print("\r" + dim(INDENT + cut(text)) + "\u001B[K");
      out.flush();
      statusOpen = true;
    }
  }

  public synchronized void failure(String message) {
    closeStatus();
    out.println();
    out.println(red("The demo stopped: ") + message);
  }

  public synchronized void closeStatus() {
    if (statusOpen) {
      out.print("\r\u001B[K");
      statusOpen = false;
    }
  }

  public String bold(String text) {
    return styled("1", text);
  }

  private String dim(String text) {
    return styled("2", text);
  }

  private String green(String text) {
    return styled("32", text);
  }

  private String red(String text) {
    return styled("31", text);
  }

  private String styled(String code, String text) {
    return colour ? "\u001B[" + code + "m" + text + "\u001B[0m" : text;
  }

  private static String cut(String text) {
    var room = COLUMNS - INDENT.length();
    return text.length() <= room ? text : text.substring(0, room);
  }
}
