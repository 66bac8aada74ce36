package dev.interdict.trust;

import org.jspecify.annotations.Nullable;

/// Where repository files come from. Nothing it brings is believed.
@FunctionalInterface
public interface Fetcher {

  /// The file at `path`, relative to the repository, components percent-encoded and separated by
  /// slashes (`3.root.json`, `targets/blocklist/HASH.global.json`); null if the repository answers
  /// that there is none.
  ///
  /// Reads at most `limit + 1` bytes: one byte too many tells the caller that the file is too long.
  /// Bounds the time it takes by itself, an answer that drips in included; the client bounds the
  /// time of all its questions together ([Limits#patience]).
  ///
  /// @throws UnreachableException if there is no answer
  byte @Nullable [] fetch(String path, int limit) throws UnreachableException;
}
