package dev.interdict.agent.platform.macos.kernel;

import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.agent.platform.handles.Trouble;

/// What the kernel's numbers for errors mean to the quarantine. Spec: sys/errno.h of macOS.
final class MacErrno {
  static final int INTERRUPTED = 4;

  private MacErrno() {}

  static DiskException of(String act, int errno) {
    return new DiskException(trouble(errno), act, String.valueOf(errno));
  }

  static Trouble trouble(int errno) {
    return switch (errno) {
      case 2, 20 -> Trouble.ABSENT; // ENOENT, ENOTDIR
      case 1, 13, 30 -> Trouble.DENIED; // EPERM, EACCES, EROFS
      case 16, 26 -> Trouble.IN_USE; // EBUSY, ETXTBSY
      case 17 -> Trouble.OCCUPIED; // EEXIST
      case 18 -> Trouble.OTHER_VOLUME; // EXDEV
      case 28, 69 -> Trouble.NO_SPACE; // ENOSPC, EDQUOT
      case 45, 102 -> Trouble.UNSUPPORTED; // ENOTSUP, EOPNOTSUPP
      case 62 -> Trouble.LINK; // ELOOP
      case 66 -> Trouble.NOT_EMPTY; // ENOTEMPTY
      default -> Trouble.OTHER;
    };
  }
}
