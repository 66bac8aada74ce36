package dev.interdict.simulation.disk;

/// The process is no more. Nothing may catch it but whoever starts the next one.
public final class Crash extends Error {
  private static final long serialVersionUID = 1;

  public Crash() {
    super("the process was killed", null, false, false);
  }
}
