package dev.interdict.agent.platform.windows.kernel;

import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.agent.platform.handles.Opened;
import dev.interdict.agent.platform.handles.Trouble;
import dev.interdict.agent.platform.handles.quarantine.Homes;
import dev.interdict.agent.sources.windows.Profiles;
import dev.interdict.agent.sources.windows.RegistryKey;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whose files are whose on Windows, by security identifier: a home is its user's by the machine's
/// own list of profiles. What an administrator made there with raised rights belongs to the group
/// of administrators, and is not taken.
///
/// @param software `HKEY_LOCAL_MACHINE\SOFTWARE`
public record WindowsHomes(RegistryKey software) implements Homes {
  @Override
  public Set<String> owners(Opened root, @Nullable Home home) throws DiskException {
    if (home == null) {
      return administrators();
    }
    try {
      var sid = Profiles.sid(software, home.path());
      // Accounts of people have identifiers of a machine, a domain, or Entra.
      return sid != null && (sid.startsWith("S-1-5-21-") || sid.startsWith("S-1-12-1-"))
          ? Set.of(sid)
          : Set.of();
    } catch (UnreadableException e) {
      throw new DiskException(Trouble.DENIED, "profiles", "registry");
    }
  }

  /// The installer of Windows itself is none of them: what it owns is part of the system.
  @Override
  public Set<String> administrators() {
    return Set.of(Owners.SYSTEM, Owners.ADMINISTRATORS);
  }
}
