package dev.interdict.server.cli.terminal;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Says on the error stream what long work is at, and for how long: nothing in its first two
/// seconds; then on a terminal in one line, which is gone at the end, elsewhere in a line now and
/// then. Thread-safe.
public final class Progress implements AutoCloseable {
  private static final long SILENT = Duration.ofSeconds(2).toNanos();
  private static final long PAUSE = Duration.ofSeconds(30).toNanos();
  private static final Duration TICK = Duration.ofMillis(500);

  private final Console console;
  private final LongSupplier nanos;
  private final long began;
  private String doing;
  private long next = SILENT;
  private int room;
  private boolean drawn;
  private boolean closed;

  /// @param nanos a time that goes forward only
  Progress(Console console, String doing, LongSupplier nanos) {
    this.console = console;
    this.nanos = nanos;
    this.doing = doing;
    began = nanos.getAsLong();
  }

  /// Begins to tell.
  ///
  /// @param doing what is done first, such as `making the tables`
  public static Progress of(Console console, String doing) {
    var progress = new Progress(console, doing, System::nanoTime);
    Thread.ofVirtual().name("progress").start(progress::run);
    return progress;
  }

  private void run() {
    try {
      while (tick()) {
        Thread.sleep(TICK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// From now on this is done.
  public synchronized void at(String what) {
    doing = what;
  }

  /// Says something besides that stays.
  public synchronized void warn(String text) {
    erase();
    console.warn(text);
  }

  /// Tells it, where it is time; returns whether there is anything to tell later.
  synchronized boolean tick() {
    var passed = nanos.getAsLong() - began;
    if (!closed && passed >= next) {
      var seconds = Duration.ofNanos(passed).toSeconds();
      var words = doing + " … " + seconds + " s";
      if (console.screen().err()) {
        if (!drawn) {
          room = console.screen().width().getAsInt();
        }
        var line = room > 1 ? Columns.cut(words, room - 1) : words;
        console.err().print("\r" + line + "\u001b[K");
        console.err().flush();
        drawn = true;
      } else {
        console.warn(words);
        next = passed + PAUSE;
      }
    }
    return !closed;
  }

  /// Ends it. What is printed next stands in a line of its own.
  @Override
  public synchronized void close() {
    closed = true;
    erase();
  }

  private void erase() {
    if (drawn) {
      console.err().print("\r\u001b[K");
      console.err().flush();
      drawn = false;
    }
  }
}
