package dev.interdict.agent.platform.windows.kernel;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import dev.interdict.agent.platform.handles.DiskException;
import java.nio.file.Path;

/// CreateFileW of a path, for what an administrator named and for looking only: the last component
/// is never followed where it is a reparse point.
final class Win32Open {
  private static final int OPEN_EXISTING = 3;
  private static final int BACKUP_SEMANTICS = 0x2000000;
  private static final int OPEN_REPARSE_POINT = 0x200000;
  private static final int OPEN_NO_RECALL = 0x100000;

  private Win32Open() {}

  static NtHandle folder(Path path, int access) throws DiskException {
    return path(path.toString(), access | NtOpen.READ_ATTRIBUTES | NtOpen.READ_CONTROL);
  }

  static NtHandle path(String path, int access) throws DiskException {
    var handle =
        Kernel32.CreateFileW(
            chars(path),
            access | NtOpen.SYNCHRONIZE,
            NtOpen.SHARE_ALL,
            Pointer.NULL,
            OPEN_EXISTING,
            BACKUP_SEMANTICS | OPEN_REPARSE_POINT | OPEN_NO_RECALL,
            Pointer.NULL);
    if (invalid(handle)) {
      throw NtStatus.ofWin32("CreateFile", Native.getLastError());
    }
    return new NtHandle(handle);
  }

  static boolean invalid(Pointer handle) {
    return handle == null || Pointer.nativeValue(handle) == -1;
  }

  static char[] chars(String text) {
    return (text + '\0').toCharArray();
  }
}
