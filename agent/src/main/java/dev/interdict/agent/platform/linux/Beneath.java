package dev.interdict.agent.platform.linux;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.platform.linux.kernel.Errno;
import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import java.util.List;

/// Resolution below one directory that a user controls: no link, no mount, no way up, in one
/// openat2(2) call, or component by component where the kernel or a sandbox does not have it.
/// Borrows its descriptor. Safe for use by several threads.
public final class Beneath implements Resolution {
  /// Longest path that one call takes, with room for its NUL.
  private static final int CHUNK = 4000;

  private final Fd anchor;
  private final BytePath place;
  private final boolean stepwise;

  /// @param place where the anchor lies below the machine's root; all paths must lie in it
  public Beneath(Fd anchor, BytePath place) {
    this(anchor, place, false);
  }

  Beneath(Fd anchor, BytePath place, boolean stepwise) {
    this.anchor = anchor;
    this.place = place;
    this.stepwise = stepwise || !OpenAt2.AVAILABLE;
  }

  /// Whether this kernel, and the sandbox we are in, let openat2 through.
  private static final class OpenAt2 {
    static final boolean AVAILABLE = available();

    private static boolean available() {
      try (var root = Kernel.openRoot(new byte[] {'/'});
          var _ = Kernel.openSafely(root, new byte[] {'.'}, Kernel.O_PATH)) {
        return true;
      } catch (KernelException e) {
        return switch (e.errno()) {
          case ENOSYS, EPERM, EINVAL -> false;
          default -> throw new IllegalStateException("cannot open /: " + e.getMessage(), e);
        };
      }
    }
  }

  @Override
  public Fd open(BytePath path, int flags) throws KernelException {
    if (!path.startsWith(place)) {
      throw new IllegalArgumentException(path + " does not lie below " + place);
    }
    if (!stepwise) {
      var bytes = path.kernelBytes(place.depth());
      if (bytes.length < CHUNK) {
        return Kernel.openSafely(anchor, bytes, flags);
      }
    }
    return descend(path.relativeTo(place).components(), flags);
  }

  private Fd descend(List<byte[]> names, int flags) throws KernelException {
    if (names.isEmpty()) {
      return Kernel.openat(anchor, new byte[] {'.'}, flags, 0);
    }
    var last = names.size() - 1;
    var directory = Kernel.openat(anchor, new byte[] {'.'}, Kernel.O_PATH, 0);
    for (var i = 0; i < last; i++) {
      try (var above = directory) {
        directory = enter(above, names.get(i), Kernel.O_PATH | Kernel.O_DIRECTORY, stepwise);
      }
    }
    try (var above = directory) {
      return enter(above, names.get(last), flags, stepwise);
    }
  }

  /// Opens one entry of a directory: no link, no mount.
  public static Fd enter(Fd above, byte[] name, int flags) throws KernelException {
    return enter(above, name, flags, !OpenAt2.AVAILABLE);
  }

  private static Fd enter(Fd above, byte[] name, int flags, boolean stepwise)
      throws KernelException {
    return stepwise ? enterCarefully(above, name, flags) : Kernel.openSafely(above, name, flags);
  }

  private static Fd enterCarefully(Fd above, byte[] name, int flags) throws KernelException {
    Fd next;
    try {
      next = Kernel.openat(above, name, flags | Kernel.O_NOFOLLOW, 0);
    } catch (KernelException e) {
      var link = e.errno() == Errno.ENOTDIR && Kernel.stat(above, name).kind() == FileKind.LINK;
      throw link ? new KernelException("openat", Errno.ELOOP) : e;
    }
    try {
      var from = Kernel.stat(above);
      var to = Kernel.stat(next);
      if (from.id().device() != to.id().device() || from.mount() != to.mount()) {
        throw new KernelException("openat", Errno.EXDEV);
      }
      // Without O_NOFOLLOW in the caller's flags a link is an error, as openat2 has it.
      if (to.kind() == FileKind.LINK && (flags & Kernel.O_NOFOLLOW) == 0) {
        throw new KernelException("openat", Errno.ELOOP);
      }
      return next;
    } catch (KernelException e) {
      next.close();
      throw e;
    }
  }
}
