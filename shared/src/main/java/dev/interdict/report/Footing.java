package dev.interdict.report;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What a device remembers of its server: by it the two notice that one of them was set back to an
/// earlier time, from a backup or an image.
///
/// @param taken the last report of which the device knows that the server has it
/// @param versions of the signed metadata that the device trusts, by role; at most [#MOST_ROLES]
public record Footing(Taken taken, SortedMap<String, Long> versions) {
  /// Most roles that are told.
  public static final int MOST_ROLES = 16;

  /// TUF metadata has no higher version.
  public static final long MOST_VERSION = (1L << 53) - 1;

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  /// A report as the next one names it.
  ///
  /// @param sequence 0 where the server is not known to have any
  /// @param hash of its exact bytes, 64 lower-case hex digits; empty where there is none
  public record Taken(long sequence, String hash) {
    /// The server is not known to have any.
    public static final Taken NONE = new Taken(0, "");

    public Taken {
      if (sequence < 0 || (sequence == 0) != hash.isEmpty()) {
        throw new IllegalArgumentException("a report that was taken has a sequence and a hash");
      }
      if (!hash.isEmpty() && !HASH.matcher(hash).matches()) {
        throw new IllegalArgumentException("a report's hash is 64 lower-case hex digits");
      }
    }
  }

  /// @throws IllegalArgumentException if there are too many roles, or one has no such version
  public Footing {
    versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
    if (versions.size() > MOST_ROLES) {
      throw new IllegalArgumentException("more than " + MOST_ROLES + " roles have a version");
    }
    for (var one : versions.entrySet()) {
      if (one.getValue() < 1 || one.getValue() > MOST_VERSION || one.getKey().length() > 60) {
        throw new IllegalArgumentException("no version of a role: " + one);
      }
    }
  }
}
