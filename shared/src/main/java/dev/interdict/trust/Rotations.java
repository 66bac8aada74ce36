package dev.interdict.trust;

import dev.interdict.trust.metadata.Root;
import java.time.Instant;

/// Told of roots that withdraw a key by which the time has been stated, while an [Updater] walks.
@FunctionalInterface
public interface Rotations {
  /// `next` is verified and changes the timestamp's or the time statements' keys. It is kept once
  /// this returns: interrupted in between, the walk comes by again.
  ///
  /// @param start the time by which expiry would be judged
  /// @return the time to judge by instead
  Instant rotated(Root next, Instant start);
}
