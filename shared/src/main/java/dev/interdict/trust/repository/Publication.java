package dev.interdict.trust.repository;

import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.SignedFile;
import java.util.Map;

/// What becomes visible in one step: signed metadata of targets roles, and the contents of the
/// targets that it newly lists.
///
/// @param roles the top-level role or delegated ones
/// @param contents by target path
public record Publication(Map<RoleName, SignedFile> roles, Map<String, byte[]> contents) {
  public static final Publication NOTHING = new Publication(Map.of(), Map.of());

  public Publication {
    roles = Map.copyOf(roles);
    contents = Map.copyOf(contents);
  }

  /// One role without new contents.
  public static Publication of(RoleName role, SignedFile file) {
    return new Publication(Map.of(role, file), Map.of());
  }
}
