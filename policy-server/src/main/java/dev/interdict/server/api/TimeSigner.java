package dev.interdict.server.api;

/// Signs the time. The clock is its own, so that whoever holds the key decides what it may state.
@FunctionalInterface
public interface TimeSigner {
  /// The signed answer to a question of 32 random bytes, as `dev.interdict.trust.TimeStatement`
  /// writes it.
  byte[] sign(byte[] nonce);
}
