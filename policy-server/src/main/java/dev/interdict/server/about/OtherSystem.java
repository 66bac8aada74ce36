package dev.interdict.server.about;

import org.jspecify.annotations.Nullable;

/// A system that this server tells or asks.
///
/// @param name such as `syslog`, which is also its setting in `server.yaml`
/// @param place where it is; null where none is set up
/// @param waiting how much is on its way to it
/// @param failures how often in a row it could not be reached; 0 where it could
/// @param error why, the last time; null where all went well
public record OtherSystem(
    String name, @Nullable String place, long waiting, long failures, @Nullable String error) {
  /// One that is not set up.
  public static OtherSystem none(String name) {
    return new OtherSystem(name, null, 0, 0, null);
  }

  /// One at which nothing waits.
  public static OtherSystem at(String name, String place) {
    return new OtherSystem(name, place, 0, 0, null);
  }
}
