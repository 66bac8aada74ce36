package dev.interdict.agent.platform.windows;

import com.sun.jna.platform.win32.Advapi32Util;
import com.sun.jna.platform.win32.Win32Exception;
import com.sun.jna.platform.win32.WinReg;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.service.Settings;
import dev.interdict.agent.sources.windows.RegistryKey;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Settings in the registry: those of group policy before those of the installation. A token is
/// taken from the installation's key alone, which only the system and administrators may read;
/// everybody may read policies.
///
/// @param software `HKEY_LOCAL_MACHINE\SOFTWARE`
public record RegistrySettings(RegistryKey software, Eraser eraser) implements Settings {
  static final String POLICY = "Policies\\Interdict\\Agent";
  static final String INSTALLATION = "Interdict\\Enrolment";
  private static final String TOKEN = "INTERDICT_ENROL_TOKEN";

  /// Removes a value from a key below the same one. Seam.
  @FunctionalInterface
  public interface Eraser {
    void erase(String key, String value) throws IOException;
  }

  /// Those of the running Windows.
  public static RegistrySettings live() {
    return new RegistrySettings(LiveRegistry.machine(), RegistrySettings::erased);
  }

  @Override
  public @Nullable String value(String name) throws IOException {
    try {
      var policy = name.equals(TOKEN) ? null : text(POLICY, name);
      return policy == null || policy.isBlank() ? text(INSTALLATION, name) : policy;
    } catch (UnreadableException e) {
      throw new IOException("the setting " + name + " cannot be read: " + e.getMessage(), e);
    }
  }

  private @Nullable String text(String path, String name) throws UnreadableException {
    var key = software.at(path);
    return key == null ? null : key.text(name);
  }

  @Override
  public void erase(String name) throws IOException {
    eraser.erase(INSTALLATION, name);
  }

  private static void erased(String key, String value) throws IOException {
    var path = "SOFTWARE\\" + key;
    try {
      if (Advapi32Util.registryKeyExists(WinReg.HKEY_LOCAL_MACHINE, path)
          && Advapi32Util.registryValueExists(WinReg.HKEY_LOCAL_MACHINE, path, value)) {
        Advapi32Util.registryDeleteValue(WinReg.HKEY_LOCAL_MACHINE, path, value);
      }
    } catch (Win32Exception e) {
      throw new IOException(path + " " + value + ": " + e.getMessage(), e);
    }
  }
}
