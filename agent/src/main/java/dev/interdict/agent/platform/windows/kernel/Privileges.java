package dev.interdict.agent.platform.windows.kernel;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.util.List;

/// The rights of SYSTEM that are off until they are asked for: to open what an access list denies,
/// and to give a file an owner. Spec: AdjustTokenPrivileges, TOKEN_PRIVILEGES.
public final class Privileges {
  private static final List<String> NAMES = List.of("SeBackupPrivilege", "SeRestorePrivilege");
  private static final int ADJUST_AND_QUERY = 0x28;
  private static final int ENABLED = 2;

  private Privileges() {}

  /// Turns them on for this process.
  ///
  /// @return whether it has them
  public static boolean enable() {
    var token = new PointerByReference();
    if (Advapi32.OpenProcessToken(Kernel32.GetCurrentProcess(), ADJUST_AND_QUERY, token) == 0) {
      return false;
    }
    try {
      return NAMES.stream().allMatch(name -> enable(token.getValue(), name));
    } finally {
      Kernel32.CloseHandle(token.getValue());
    }
  }

  private static boolean enable(Pointer token, String name) {
    var luid = new long[1];
    if (Advapi32.LookupPrivilegeValueW(Pointer.NULL, Win32Open.chars(name), luid) == 0) {
      return false;
    }
    try (var privileges = new Memory(16)) {
      privileges.setInt(0, 1);
      privileges.setLong(4, luid[0]);
      privileges.setInt(12, ENABLED);
      // It answers well also where the right is not ours; the last error says so.
      return Advapi32.AdjustTokenPrivileges(token, 0, privileges, 0, Pointer.NULL, Pointer.NULL)
              != 0
          && Native.getLastError() == 0;
    }
  }
}
