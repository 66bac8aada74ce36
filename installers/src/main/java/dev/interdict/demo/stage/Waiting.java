package dev.interdict.demo.stage;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/// Waits for something to come true. The only place where the demo sleeps.
///
/// @param clock tells when waiting has been long enough
public record Waiting(InstantSource clock) {
  private static final long STEP_MILLIS = 200;

  /// Looks whether it has come true, and may say how far it is.
  @FunctionalInterface
  public interface Look {
    boolean now() throws DemoException;
  }

  /// Whether `look` came true before `deadline`.
  public boolean until(Instant deadline, Look look) throws DemoException, InterruptedException {
    while (!look.now()) {
      if (clock.instant().isAfter(deadline)) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
    }
    return true;
  }
}
