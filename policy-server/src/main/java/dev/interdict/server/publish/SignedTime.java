package dev.interdict.server.publish;

import dev.interdict.trust.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// The clock of everything that this server signs. It refuses to say a time that lies before what
/// was signed already, or far after it: devices never go back, so one wrong hour of this machine's
/// clock, once signed, would stay with the whole fleet.
///
/// The last signed time is kept beside the repository, to the minute, and is read anew at each
/// turn, since commands sign as well as the running server. Thread-safe.
public final class SignedTime implements InstantSource {
  /// How far the time may have moved on since something was signed last: the server signs hourly,
  /// and may have been down for a day.
  public static final Duration LONGEST = Duration.ofHours(25);

  /// Time daemons step a clock back by this much, at most.
  private static final Duration SLACK = Duration.ofMinutes(5);

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int MOST_BYTES = 64;

  private final InstantSource clock;
  private final Path file;

  /// Says the time of `clock`; what was signed last stands in `file`, which need not exist yet.
  public SignedTime(InstantSource clock, Path file) {
    this.clock = clock;
    this.file = file;
  }

  /// The time to sign.
  ///
  /// @throws ImplausibleTimeException if it must not be signed; the message says what to do
  @Override
  public synchronized Instant instant() {
    var now = clock.instant();
    var last = last();
    if (last != null) {
      check(now, last);
    }
    if (last == null || Duration.between(last, now).compareTo(MINUTE) >= 0) {
      keep(now);
    }
    return now;
  }

  /// Takes the clock's time as right, whatever was signed before.
  public synchronized void accept() {
    keep(clock.instant());
  }

  private static void check(Instant now, Instant last) {
    var since = Duration.between(last, now);
    if (since.plus(SLACK).isNegative() || since.compareTo(LONGEST) > 0) {
      throw new ImplausibleTimeException(
          "this machine's clock shows "
              + now.truncatedTo(ChronoUnit.SECONDS)
              + ", but this server has last signed "
              + last.truncatedTo(ChronoUnit.SECONDS)
              + "; a wrong time that is signed stays with every device, so nothing is signed."
              + " Set the clock right, or, if it is right (the server was down for more than "
              + LONGEST.toHours()
              + " hours), start it once with: interdict-server run --accept-clock");
    }
  }

  private @Nullable Instant last() {
    try {
      var bytes = DurableFile.read(file, MOST_BYTES);
      return bytes == null
          ? null
          : Instant.parse(new String(bytes, StandardCharsets.US_ASCII).strip());
    } catch (DateTimeException e) {
      throw new ImplausibleTimeException(
          file
              + " is damaged, so nobody knows what time was signed last; if this machine's clock is"
              + " right, start the server once with: interdict-server run --accept-clock");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read what time was signed last, in " + file, e);
    }
  }

  private void keep(Instant now) {
    try {
      DurableFile.write(file, (now + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep what time was signed last, in " + file, e);
    }
  }
}
