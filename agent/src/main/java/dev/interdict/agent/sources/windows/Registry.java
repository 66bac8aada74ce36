package dev.interdict.agent.sources.windows;

import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Tree;
import org.jspecify.annotations.Nullable;

/// Where a machine's registry is had from. Seam: from its hive files, or from the running system.
/// What is there and cannot be read is a gap, and null like what is absent. Thread-safe.
public interface Registry {
  /// Whether it is had from the running system rather than from files of the inspected tree, so
  /// that the tree does not tell when it changes.
  boolean live();

  /// `HKEY_LOCAL_MACHINE\SOFTWARE`.
  @Nullable RegistryKey software(Tree system, Sightings out);

  /// The root of a user's own keys, `HKEY_CURRENT_USER` to that user.
  @Nullable RegistryKey user(Machine.HomeTree home, Sightings out);

  /// A user's own `HKEY_CURRENT_USER\Software\Classes`, which is a hive of its own.
  @Nullable RegistryKey classes(Machine.HomeTree home, Sightings out);
}
