package dev.interdict.agent.cli;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.scan.Scan;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Tells a waiting person how far a scan is: one line that is written over, only on a terminal and
/// only once it has taken two seconds.
final class ProgressLine implements Scan.Progress {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int WIDTH = 79;

  private final PrintWriter err;
  private final boolean terminal;
  private final InstantSource clock;
  private @Nullable Instant start;
  private boolean shown;

  ProgressLine(PrintWriter err, boolean terminal, InstantSource clock) {
    this.err = err;
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public void looking(String source, BytePath place) {
    if (!terminal) {
      return;
    }
    var now = clock.instant();
    if (start == null) {
      start = now;
    }
    if (Duration.between(start, now).compareTo(PATIENCE) >= 0) {
      write("looking at " + place + ": " + source);
    }
  }

  /// Takes the line away.
  void done() {
    if (shown) {
      write("");
      err.print('\r');
      err.flush();
    }
  }

  private void write(String text) {
    var cut = text.substring(0, Math.min(WIDTH, text.length()));
    err.print('\r' + cut + " ".repeat(WIDTH - cut.length()));
    err.flush();
    shown = true;
  }
}
