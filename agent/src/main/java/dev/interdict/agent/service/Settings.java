package dev.interdict.agent.service;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What an administrator set for this computer, by the names that every package knows
/// (`INTERDICT_SERVER`). Seam. Only administrators can write it; whoever implements it sees to
/// that.
public interface Settings {
  /// The value of that name; null where there is none.
  ///
  /// @throws IOException if it cannot be told
  @Nullable String value(String name) throws IOException;

  /// Removes a value, if it is there.
  ///
  /// @throws IOException if it stays
  void erase(String name) throws IOException;
}
