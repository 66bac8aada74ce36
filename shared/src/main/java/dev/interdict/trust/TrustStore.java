package dev.interdict.trust;

import org.jspecify.annotations.Nullable;

/// Where a client keeps what it has verified, between runs. What comes back is verified again
/// before use, so a store need not be safe from being edited, only from being torn.
public interface TrustStore {

  /// The file of that name, at most `limit + 1` bytes of it, or null if there is none. Names are
  /// made by this package: one or two components of letters, digits and `_.-~%`.
  ///
  /// @throws java.io.UncheckedIOException if it is there and cannot be read
  byte @Nullable [] read(String name, int limit);

  /// Puts the file there whole or not at all, durably.
  ///
  /// @throws java.io.UncheckedIOException if it cannot; the former file then stays
  void write(String name, byte[] bytes);

  /// Takes the file away, if it is there.
  void delete(String name);
}
