package dev.interdict.agent.platform.windows;

import com.sun.jna.platform.win32.Advapi32Util;
import com.sun.jna.platform.win32.Win32Exception;
import com.sun.jna.platform.win32.WinReg;
import java.io.IOException;

/// Which version the agent's state has, where Windows Installer can see it, which reads no files: a
/// package that does not know that version refuses itself. It stays with the state when the agent
/// is uninstalled. Not run on Windows so far.
public final class StateMark {
  private static final String KEY = "SOFTWARE\\Interdict\\State";

  private StateMark() {}

  /// Writes it down.
  ///
  /// @throws IOException if the registry refuses
  public static void set(int version) throws IOException {
    try {
      Advapi32Util.registryCreateKey(WinReg.HKEY_LOCAL_MACHINE, KEY);
      Advapi32Util.registrySetStringValue(
          WinReg.HKEY_LOCAL_MACHINE, KEY, "Version", Integer.toString(version));
    } catch (Win32Exception e) {
      throw new IOException(KEY + " Version: " + e.getMessage(), e);
    }
  }
}
