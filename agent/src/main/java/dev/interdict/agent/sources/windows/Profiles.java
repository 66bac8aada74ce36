package dev.interdict.agent.sources.windows;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.UnreadableException;
import org.jspecify.annotations.Nullable;

/// Which user has which home, by the machine's list of profiles.
public final class Profiles {
  private static final String LIST = "Microsoft\\Windows NT\\CurrentVersion\\ProfileList";

  private Profiles() {}

  /// The security identifier of the user whose home that is, or null where the list has none.
  ///
  /// @param software `HKEY_LOCAL_MACHINE\SOFTWARE`
  /// @throws UnreadableException if the list is there and cannot be read
  public static @Nullable String sid(RegistryKey software, BytePath home)
      throws UnreadableException {
    var list = software.at(LIST);
    if (list != null) {
      for (var profile : list.children()) {
        var path = WindowsPath.below(profile.text("ProfileImagePath"));
        if (path != null && path.toString().equalsIgnoreCase(home.toString())) {
          return profile.name();
        }
      }
    }
    return null;
  }
}
