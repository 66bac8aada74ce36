package dev.interdict.agent.platform.linux;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.platform.linux.kernel.Errno;
import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import dev.interdict.agent.platform.linux.kernel.Stat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/// Resolution from the machine's root, for what the system owns: follows a link only where root
/// made it in a directory that nobody else can write, always below the root, and enters a mount
/// only where it is a local file system. Borrows its descriptor. Safe for use by several threads.
public final class SystemRoot implements Resolution {
  private static final int MOST_LINKS = 40;
  private static final int PLACE = Kernel.O_PATH | Kernel.O_NOFOLLOW;

  private final Fd root;
  private final byte[] prefix;
  private final int owner;
  private final Set<Integer> trusted;
  private final Mounts mounts;
  private final Beneath straight;

  /// @param path of the root as mountinfo writes it: absolute, no link in it, no slash at the end
  ///   except for `/` itself
  public SystemRoot(Fd root, byte[] path) throws IOException {
    this.root = root;
    this.prefix = path.length == 1 ? new byte[0] : path.clone();
    // Below a directory given with --root, its owner stands for root.
    this.owner = Kernel.stat(root).uid();
    this.trusted = Set.copyOf(List.of(0, owner));
    this.mounts = Mounts.now();
    this.straight = new Beneath(root, BytePath.ROOT);
  }

  /// Who owns the root, and so what the system owns.
  int owner() {
    return owner;
  }

  @Override
  public Fd open(BytePath path, int flags) throws KernelException {
    try {
      return straight.open(path, flags);
    } catch (KernelException e) {
      return switch (e.errno()) {
        case ELOOP, EXDEV, ENOTDIR -> new Walk(flags).to(path);
        default -> throw e;
      };
    }
  }

  /// One resolution, component by component.
  private final class Walk {
    private final int flags;
    private final Deque<byte[]> ahead = new ArrayDeque<>();
    private final List<byte[]> done = new ArrayList<>();
    private int links;

    /// Whether the descriptor at hand was opened the way the caller asked.
    private boolean asAsked;

    Walk(int flags) {
      this.flags = flags;
    }

    Fd to(BytePath path) throws KernelException {
      ahead.addAll(path.components());
      var here = reopen();
      while (!ahead.isEmpty()) {
        var name = ahead.removeFirst();
        try (var above = here) {
          here = name.length == 2 && name[0] == '.' && name[1] == '.' ? up() : down(above, name);
        }
      }
      if (asAsked) {
        return here;
      }
      try (var above = here) {
        return Kernel.openat(above, new byte[] {'.'}, flags, 0);
      }
    }

    private Fd up() throws KernelException {
      if (!done.isEmpty()) {
        done.removeLast();
      }
      return reopen();
    }

    /// The directory reached so far, from the root; no name on the way is a link any more.
    private Fd reopen() throws KernelException {
      asAsked = false;
      var here = Kernel.openat(root, new byte[] {'.'}, Kernel.O_PATH, 0);
      for (var depth = 1; depth <= done.size(); depth++) {
        try (var above = here) {
          here = enter(above, done.get(depth - 1), done.subList(0, depth), PLACE);
        }
      }
      return here;
    }

    private Fd down(Fd above, byte[] name) throws KernelException {
      done.add(name);
      var last = ahead.isEmpty();
      var found = enter(above, name, done, PLACE);
      var stat = Kernel.stat(found);
      if (stat.kind() == FileKind.LINK && !(last && (flags & Kernel.O_NOFOLLOW) != 0)) {
        return follow(above, found, stat);
      }
      asAsked = last;
      if (!last || flags == PLACE) {
        return found;
      }
      found.close();
      if (stat.kind() == FileKind.LINK) {
        throw new KernelException("openat", Errno.ELOOP);
      }
      return enter(above, name, done, flags | Kernel.O_NOFOLLOW);
    }

    private Fd follow(Fd above, Fd link, Stat stat) throws KernelException {
      try (link) {
        var directory = Kernel.stat(above);
        if (++links > MOST_LINKS
            || !trusted.contains(stat.uid())
            || !trusted.contains(directory.uid())
            || (directory.mode() & 0002) != 0) {
          throw new KernelException("openat", Errno.ELOOP);
        }
        done.removeLast();
        var target = Kernel.readlink(link, new byte[0]);
        if (target[0] == '/') {
          done.clear();
        }
        var names = split(target);
        for (var i = names.size() - 1; i >= 0; i--) {
          ahead.addFirst(names.get(i));
        }
        return reopen();
      }
    }

    private Fd enter(Fd above, byte[] name, List<byte[]> where, int how) throws KernelException {
      try {
        return Beneath.enter(above, name, how);
      } catch (KernelException e) {
        if (e.errno() != Errno.EXDEV || !mounts.local(absolute(where))) {
          throw e;
        }
        return Kernel.openat(above, name, how | Kernel.O_NOFOLLOW, 0);
      }
    }
  }

  private byte[] absolute(List<byte[]> names) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(prefix);
    for (var name : names) {
      out.write('/');
      out.writeBytes(name);
    }
    return out.toByteArray();
  }

  private static List<byte[]> split(byte[] target) {
    var names = new ArrayList<byte[]>();
    var name = new ByteArrayOutputStream();
    for (var i = 0; i <= target.length; i++) {
      if (i < target.length && target[i] != '/') {
        name.write(target[i]);
      } else if (name.size() > 0) {
        if (!(name.size() == 1 && name.toByteArray()[0] == '.')) {
          names.add(name.toByteArray());
        }
        name.reset();
      }
    }
    return names;
  }
}
