package dev.interdict.server.cli.terminal;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// Says on the error stream what long work is at, and for how long: nothing in its first two
/// seconds; then on a terminal in one line, which is gone at the end, elsewhere in a line now and
/// then. Of several on one error stream only the first that is open tells: what waits inside of a
/// longer work would draw on its line. Thread-safe.
public final class Progress implements AutoCloseable {
  private static final long SILENT = Duration.ofSeconds(2).toNanos();
  private static final long PAUSE = Duration.ofSeconds(30).toNanos();
  private static final Duration TICK = Duration.ofMillis(500);

  /// Who tells on which error stream.
  private static final Map<PrintWriter, Progress> TELLING = new ConcurrentHashMap<>();

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
    TELLING.putIfAbsent(console.err(), this);
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
  public void warn(String text) {
    // Whoever tells has the line that is in the way.
    TELLING.getOrDefault(console.err(), this).say(text);
  }

  private synchronized void say(String text) {
    erase();
    console.warn(text);
  }

  /// Also after the one outside of it has ended.
  private boolean tells() {
    return !closed && TELLING.computeIfAbsent(console.err(), _ -> this) == this;
  }

  /// Tells it, where it is time; returns whether there is anything to tell later.
  synchronized boolean tick() {
    var passed = nanos.getAsLong() - began;
    if (passed >= next && tells()) {
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
    TELLING.remove(console.err(), this);
  }

  private void erase() {
    if (drawn) {
      console.err().print("\r\u001b[K");
      console.err().flush();
      drawn = false;
    }
  }
}
