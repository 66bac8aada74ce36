package dev.interdict.agent.time;

import dev.interdict.trust.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;

/// How long this device was awake in all, over all boots: the time in which somebody could have
/// been told something. Counts by a clock that stands still while the machine sleeps, and loses at
/// most what went by since it was last kept. Thread-safe.
public final class AwakeTime {
  private static final int MOST_DIGITS = 20;

  private final Path file;
  private final LongSupplier nanos;
  private final Duration before;
  private final long start;

  private AwakeTime(Path file, LongSupplier nanos, Duration before) {
    this.file = file;
    this.nanos = nanos;
    this.before = before;
    this.start = nanos.getAsLong();
  }

  /// Goes on from what `file` holds; a damaged one counts from zero, which tells people later.
  ///
  /// @param nanos such as [System#nanoTime], which on Linux does not count suspension
  public static AwakeTime open(Path file, LongSupplier nanos) {
    return new AwakeTime(file, nanos, read(file));
  }

  private static Duration read(Path file) {
    try {
      var bytes = DurableFile.read(file, MOST_DIGITS);
      return bytes == null
          ? Duration.ZERO
          : Duration.ofMillis(
              Math.max(0, Long.parseLong(new String(bytes, StandardCharsets.US_ASCII))));
    } catch (IOException | NumberFormatException e) {
      return Duration.ZERO;
    }
  }

  /// The time awake until now.
  public Duration total() {
    return before.plusNanos(Math.max(0, nanos.getAsLong() - start));
  }

  /// Writes it down.
  public void keep() throws IOException {
    DurableFile.write(file, Long.toString(total().toMillis()).getBytes(StandardCharsets.US_ASCII));
  }
}
