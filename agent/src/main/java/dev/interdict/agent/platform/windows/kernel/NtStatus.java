package dev.interdict.agent.platform.windows.kernel;

import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.agent.platform.handles.Trouble;

/// What the system's numbers for errors mean to the quarantine. Spec: MS-ERREF 2.2 and 2.3.
final class NtStatus {
  private NtStatus() {}

  /// @throws DiskException if it is an error, and not for success, information or a warning
  static void check(String act, int status) throws DiskException {
    if (status < 0 && status >>> 30 == 3) {
      throw new DiskException(trouble(status), act, "0x%08x".formatted(status));
    }
  }

  static Trouble trouble(int status) {
    return switch (status) {
      case 0xC0000034, // OBJECT_NAME_NOT_FOUND
          0xC000003A, // OBJECT_PATH_NOT_FOUND
          0xC000000F, // NO_SUCH_FILE
          0xC0000103, // NOT_A_DIRECTORY
          0xC0000056 -> // DELETE_PENDING
          Trouble.ABSENT;
      case 0xC0000035 -> Trouble.OCCUPIED; // OBJECT_NAME_COLLISION
      case 0xC00000D4 -> Trouble.OTHER_VOLUME; // NOT_SAME_DEVICE
      case 0xC0000043, // SHARING_VIOLATION
          0xC0000121, // CANNOT_DELETE
          0xC0000054 -> // FILE_LOCK_CONFLICT
          Trouble.IN_USE;
      case 0xC0000101 -> Trouble.NOT_EMPTY; // DIRECTORY_NOT_EMPTY
      case 0xC0000022, // ACCESS_DENIED
          0xC0000061, // PRIVILEGE_NOT_HELD
          0xC00000A2 -> // MEDIA_WRITE_PROTECTED
          Trouble.DENIED;
      case 0xC000007F, 0xC0000044 -> Trouble.NO_SPACE; // DISK_FULL, QUOTA_EXCEEDED
      case 0xC0000279, 0xC0000280, 0xC000050B -> Trouble.LINK; // reparse points
      case 0xC0000010, 0xC00000BB, 0xC0000033, 0xC000003B, 0xC0000039 ->
          Trouble.UNSUPPORTED; // INVALID_DEVICE_REQUEST, NOT_SUPPORTED, names and paths
      default -> Trouble.OTHER;
    };
  }

  /// The same of the errors that Win32 calls leave behind.
  static DiskException ofWin32(String act, int error) {
    var trouble =
        switch (error) {
          case 2, 3, 267 -> Trouble.ABSENT;
          case 5, 19, 1314 -> Trouble.DENIED;
          case 17 -> Trouble.OTHER_VOLUME;
          case 32, 33, 170 -> Trouble.IN_USE;
          case 39, 112, 1295 -> Trouble.NO_SPACE;
          case 80, 183 -> Trouble.OCCUPIED;
          case 145 -> Trouble.NOT_EMPTY;
          case 1, 50, 123 -> Trouble.UNSUPPORTED;
          default -> Trouble.OTHER;
        };
    return new DiskException(trouble, act, String.valueOf(error));
  }
}
