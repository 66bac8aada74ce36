package dev.interdict.server.cli.ceremony;

import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.trust.keys.TufKey;
import dev.interdict.trust.metadata.RoleName;
import java.util.Collection;

/// Keys by the beginning of their ids, as people type them.
final class KeyIds {
  private static final int SHORTEST = 8;

  private KeyIds() {}

  static boolean fits(TufKey key, String typed) {
    return typed.length() >= SHORTEST && key.id().value().startsWith(typed);
  }

  /// The one key of the role whose id begins so.
  static TufKey find(String typed, Collection<TufKey> keys, RoleName role) {
    var found = keys.stream().filter(key -> fits(key, typed)).toList();
    if (found.size() != 1) {
      throw new Failure(
          Exit.USAGE,
          "\""
              + typed
              + "\" is not the beginning (8 digits or more) of one key of "
              + role
              + "; see interdict key list");
    }
    return found.getFirst();
  }
}
