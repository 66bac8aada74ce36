package dev.interdict.agent.time;

import java.time.Duration;

/// A boot clock that tests move by hand, and the passing of real time with it.
public final class FixedBootClock implements BootClock {
  private String boot = "boot-1";
  private Duration elapsed = Duration.ofHours(1);
  private Duration passed = Duration.ZERO;
  private Duration awake = Duration.ZERO;

  /// Lets time pass in which the machine sleeps.
  public void sleep(Duration time) {
    elapsed = elapsed.plus(time);
    passed = passed.plus(time);
  }

  /// How long the machine was awake in all, over all boots.
  public Duration awake() {
    return awake;
  }

  /// Lets time pass, awake.
  public void pass(Duration time) {
    awake = awake.plus(time);
    elapsed = elapsed.plus(time);
    passed = passed.plus(time);
  }

  /// Lets time pass that this clock does not count: a virtual machine is paused.
  public void pause(Duration time) {
    passed = passed.plus(time);
  }

  /// Starts the machine anew.
  public void reboot() {
    reboot(Duration.ZERO);
  }

  /// Starts the machine anew after it was off for a while.
  public void reboot(Duration off) {
    boot += "'";
    elapsed = Duration.ZERO;
    passed = passed.plus(off);
  }

  /// Real time since the test began.
  public Duration passed() {
    return passed;
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
