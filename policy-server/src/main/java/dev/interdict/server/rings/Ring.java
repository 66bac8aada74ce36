package dev.interdict.server.rings;

import dev.interdict.server.fleet.Placement;
import dev.interdict.server.wording.Sentence;
import dev.interdict.server.wording.SentenceException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A ring as people describe it.
///
/// @param place the lowest comes first; two may have the same
/// @param failures more workstations of it than this, on which removal of a rule failed, let the
///   circuit breaker hold the rule; null for no bound of its own
/// @param percent or more than this part of those of it on which it was tried; null alike
public record Ring(
    String name, long place, String description, @Nullable Long failures, @Nullable Long percent) {
  /// The last place there is.
  public static final long LAST = 1_000;

  private static final int LONGEST = 500;

  /// Whether a rule goes on for longer here than in `other`, by a bound that is higher or missing.
  boolean isLooserThan(Ring other) {
    return isLooser(failures, other.failures) || isLooser(percent, other.percent);
  }

  private static boolean isLooser(@Nullable Long here, @Nullable Long there) {
    return there != null && (here == null || here > there);
  }

  /// @throws IllegalArgumentException if something of it cannot be
  public Ring {
    // Whatever a device's place takes for a ring, and nothing else.
    var _ = new Placement("any", name, List.of());
    if (place < 1 || place > LAST) {
      throw new SentenceException(Sentence.of("ring.place", "a place is 1 to %s", LAST));
    }
    if (description.length() > LONGEST) {
      throw new SentenceException(
          Sentence.of("ring.description", "a description has at most %s characters", LONGEST));
    }
    if (failures != null && failures < 1 || percent != null && (percent < 1 || percent > 100)) {
      throw new SentenceException(
          Sentence.of("ring.bounds", "failures are at least 1, percent 1 to 100"));
    }
  }
}
