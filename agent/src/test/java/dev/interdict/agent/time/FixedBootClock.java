package dev.interdict.agent.time;

import java.time.Duration;

/// A boot clock that tests move by hand.
public final class FixedBootClock implements BootClock {
  private String boot = "boot-1";
  private Duration elapsed = Duration.ofHours(1);

  /// Lets time pass.
  public void pass(Duration time) {
    elapsed = elapsed.plus(time);
  }

  /// Starts the machine anew.
  public void reboot() {
    boot += "'";
    elapsed = Duration.ZERO;
  }

  @Override
  public String bootId() {
    return boot;
  }

  @Override
  public Duration sinceBoot() {
    return elapsed;
  }
}
