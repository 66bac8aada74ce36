package dev.interdict.trust;

import java.time.Duration;

/// What a client takes at most, in bytes unless said otherwise (5.3.3, 5.4.1, 5.5.1, 5.6.1).
///
/// @param roots root versions walked in one refresh
/// @param roles delegated roles visited in one search
/// @param patience time for all that one cycle fetches together
public record Limits(
    int root,
    int timestamp,
    int snapshot,
    int targets,
    int target,
    int roots,
    int roles,
    Duration patience) {

  public static final Limits STANDARD =
      new Limits(128 << 10, 16 << 10, 1 << 20, 2 << 20, 4 << 20, 256, 32, Duration.ofSeconds(60));

  /// Of a stored target with its proof: room for the target and a chain of several roles.
  public int provenTarget() {
    return target + 4 * targets;
  }
}
