package dev.interdict.agent.platform.linux.quarantine;

import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import dev.interdict.agent.platform.linux.kernel.Stat;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Access control lists of POSIX 1003.1e, acl(5), which are not given back: what they let others do
/// was their user's to say when it was taken, and is to be said anew.
final class AccessList {
  private static final byte[] ACCESS = name("system.posix_acl_access");
  private static final byte[] DEFAULT = name("system.posix_acl_default");
  private static final int NOT_GROUP = 0707;

  private AccessList() {}

  /// The permission bits that remain. Where there is a list, the group's bits say what it lets
  /// anybody do at most, so that without it they would give the group more than it had.
  static int bits(Fd fd, Stat stat) throws KernelException {
    return stat.mode() & (Kernel.hasAttribute(fd, ACCESS) ? NOT_GROUP : 0777);
  }

  static boolean there(Fd fd) throws KernelException {
    return Kernel.hasAttribute(fd, ACCESS) || Kernel.hasAttribute(fd, DEFAULT);
  }

  /// Takes the lists away and leaves [#bits].
  static void strip(Fd fd, Stat stat, Acts acts) throws KernelException {
    var bits = bits(fd, stat);
    for (var list : List.of(ACCESS, DEFAULT)) {
      if (Kernel.hasAttribute(fd, list)) {
        acts.removeAttribute(fd, list);
      }
    }
    acts.chmod(fd, bits);
  }

  private static byte[] name(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
