package dev.interdict.demo.fleet;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/// A source of key material that gives the same keys for the same seed. Not secure, on purpose:
/// only for devices that do not exist. Not thread-safe.
final class SeededRandom extends SecureRandom {
  private static final long serialVersionUID = 1;

  private final transient SplittableRandom random;

  SeededRandom(SplittableRandom random) {
    super(null, null);
    this.random = random;
  }

  @Override
  public void nextBytes(byte[] bytes) {
    random.nextBytes(bytes);
  }
}
