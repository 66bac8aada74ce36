package dev.interdict.agent.platform.windows;

import com.sun.jna.platform.win32.WinReg;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.windows.HiveFiles;
import dev.interdict.agent.sources.windows.Profiles;
import dev.interdict.agent.sources.windows.Registry;
import dev.interdict.agent.sources.windows.RegistryKey;
import org.jspecify.annotations.Nullable;

/// The registry of the running Windows. The hives of users who are signed in are loaded, and locked
/// as files; those of the others are read from their files. Thread-safe.
public final class LiveRegistry implements Registry {
  private static final String CLASSES = "_Classes";

  private final Registry files = new HiveFiles();

  /// `HKEY_LOCAL_MACHINE\SOFTWARE` of the running system.
  public static RegistryKey machine() {
    return new LiveKey(WinReg.HKEY_LOCAL_MACHINE, "SOFTWARE");
  }

  @Override
  public boolean live() {
    return true;
  }

  @Override
  public RegistryKey software(Tree system, Sightings out) {
    return machine();
  }

  @Override
  public @Nullable RegistryKey user(Machine.HomeTree home, Sightings out) {
    var loaded = loaded(home, "", out);
    return loaded == null ? files.user(home, out) : loaded;
  }

  @Override
  public @Nullable RegistryKey classes(Machine.HomeTree home, Sightings out) {
    var loaded = loaded(home, CLASSES, out);
    return loaded == null ? files.classes(home, out) : loaded;
  }

  private @Nullable RegistryKey loaded(Machine.HomeTree home, String suffix, Sightings out) {
    try {
      var sid = Profiles.sid(software(home.tree(), out), home.home().path());
      var key = sid == null ? null : new LiveKey(WinReg.HKEY_USERS, sid + suffix);
      return key != null && key.exists() ? key : null;
    } catch (UnreadableException e) {
      out.gap(e);
      return null;
    }
  }
}
