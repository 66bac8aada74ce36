package dev.interdict.agent.sources.windows;

import dev.interdict.agent.inventory.UnreadableException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One key of a Windows registry, read only. Names compare without regard to case. Whoever may
/// write the key has chosen what it says.
public interface RegistryKey {
  /// Its own name, without those above it.
  String name();

  /// The key of that name below this one, or null where there is none.
  ///
  /// @throws UnreadableException if it cannot be told
  @Nullable RegistryKey child(String name) throws UnreadableException;

  /// The keys below this one.
  ///
  /// @throws UnreadableException if they cannot be told, or are more than anybody has
  List<RegistryKey> children() throws UnreadableException;

  /// A value that is a text, expandable or not, as it stands; null where there is none or it is
  /// something else.
  ///
  /// @throws UnreadableException if it is there and cannot be read, or is longer than 32 KiB
  @Nullable String text(String value) throws UnreadableException;

  /// A value that is a number of 32 bits; null as for a text.
  ///
  /// @throws UnreadableException as for a text
  @Nullable Integer number(String value) throws UnreadableException;

  /// The key that a path of names leads to, or null where there is none.
  ///
  /// @param path names with backslashes between them
  /// @throws UnreadableException as for a child
  default @Nullable RegistryKey at(String path) throws UnreadableException {
    RegistryKey key = this;
    for (var name : path.split("\\\\")) {
      key = key.child(name);
      if (key == null) {
        return null;
      }
    }
    return key;
  }
}
