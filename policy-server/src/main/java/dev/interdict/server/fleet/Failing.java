package dev.interdict.server.fleet;

import org.jspecify.annotations.Nullable;

/// A removal on a device that has not succeeded: it stays in the queue of what needs hands until it
/// is verified that it did. Times are milliseconds since 1970.
///
/// @param since since when; null where nothing fails
/// @param at when the last failure was told
/// @param error the class of that failure
/// @param identity what it was about
record Failing(
    @Nullable Long since, @Nullable Long at, @Nullable String error, @Nullable String identity) {
  static final Failing NOTHING = new Failing(null, null, null, null);
}
