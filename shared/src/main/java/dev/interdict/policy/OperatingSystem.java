package dev.interdict.policy;

import java.util.Locale;
import java.util.Optional;

/// The operating systems a workstation may run.
public enum OperatingSystem {
  LINUX,
  MACOS,
  WINDOWS;

  /// The one that `name` (lower case) names.
  public static Optional<OperatingSystem> of(String name) {
    for (var system : values()) {
      if (system.written().equals(name)) {
        return Optional.of(system);
      }
    }
    return Optional.empty();
  }

  /// Its name in documents: lower case.
  public String written() {
    return name().toLowerCase(Locale.ROOT);
  }
}
