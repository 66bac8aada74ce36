package dev.interdict.agent.platform.linux;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileFact;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.platform.TreeBudget;
import dev.interdict.agent.platform.linux.kernel.Errno;
import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The [Tree] of one home or of the machine. Decides what a file is before opening it, and again
/// from the descriptor afterwards; opens without blocking; reads as far as there are bytes and
/// never believes a size. Not thread-safe.
final class LinuxTree implements Tree {
  private static final int PIECE = 64 << 10;
  private static final int READ = Kernel.O_RDONLY | Kernel.O_NONBLOCK | Kernel.O_NOCTTY;

  private final Resolution resolution;
  private final BytePath place;
  private final TreeBudget.Spending spending;
  private final byte[] buffer = new byte[PIECE];

  /// @param place where the tree begins, which its depth is counted from
  LinuxTree(Resolution resolution, BytePath place, TreeBudget budget) {
    this.resolution = resolution;
    this.place = place;
    this.spending = new TreeBudget.Spending(budget);
  }

  @Override
  public List<Entry> list(BytePath directory) throws UnreadableException {
    var entries =
        at(
            directory,
            () -> {
              try (var fd = resolution.open(directory, Kernel.O_RDONLY | Kernel.O_DIRECTORY)) {
                return entriesOf(fd, directory);
              } catch (KernelException e) {
                // A file where a directory was looked for: there is no such directory.
                if (e.errno() == Errno.ENOTDIR) {
                  return List.<Entry>of();
                }
                throw e;
              }
            });
    return entries == null ? List.of() : entries;
  }

  private List<Entry> entriesOf(Fd fd, BytePath directory)
      throws KernelException, UnreadableException {
    var all = new ArrayList<Entry>();
    for (var some = Kernel.entries(fd); some != null; some = Kernel.entries(fd)) {
      spending.entries(directory, some.size());
      all.addAll(some);
    }
    all.sort(Comparator.comparing(Entry::name, Arrays::compareUnsigned));
    return List.copyOf(all);
  }

  @Override
  public @Nullable FileFact stat(BytePath path) throws UnreadableException {
    return at(
        path,
        () -> {
          try (var fd = resolution.open(path, Kernel.O_PATH | Kernel.O_NOFOLLOW)) {
            return Kernel.stat(fd).fact();
          }
        });
  }

  @Override
  public byte @Nullable [] read(BytePath file, int limit) throws UnreadableException {
    return at(
        file,
        () -> {
          var out = new ByteArrayOutputStream();
          readPieces(file, limit, length -> out.write(buffer, 0, length));
          return out.toByteArray();
        });
  }

  @Override
  public byte @Nullable [] range(BytePath file, long offset, int length)
      throws UnreadableException {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("no piece of " + length + " bytes at " + offset);
    }
    return at(
        file,
        () -> {
          try (var fd = openRegular(file)) {
            var piece = Kernel.read(fd, offset, length);
            spending.bytes(file, piece.length);
            return piece;
          }
        });
  }

  @Override
  public byte @Nullable [] readLink(BytePath link) throws UnreadableException {
    return at(
        link,
        () -> {
          try (var fd = resolution.open(link, Kernel.O_PATH | Kernel.O_NOFOLLOW)) {
            return Kernel.stat(fd).kind() == FileKind.LINK
                ? Kernel.readlink(fd, new byte[0])
                : null;
          }
        });
  }

  @Override
  public @Nullable String sha256(BytePath file) throws UnreadableException {
    return at(
        file,
        () -> {
          var digest = newDigest();
          readPieces(file, Long.MAX_VALUE, length -> digest.update(buffer, 0, length));
          return HexFormat.of().formatHex(digest.digest());
        });
  }

  static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private interface Piece {
    void of(int length);
  }

  private void readPieces(BytePath file, long limit, Piece piece)
      throws KernelException, UnreadableException {
    try (var fd = openRegular(file)) {
      var total = 0L;
      for (var n = Kernel.read(fd, buffer); n > 0; n = Kernel.read(fd, buffer)) {
        total += n;
        if (total > limit) {
          throw new UnreadableException(Reason.TOO_LARGE, file, "longer than " + limit + " bytes");
        }
        spending.bytes(file, n);
        piece.of(n);
      }
    }
  }

  private Fd openRegular(BytePath file) throws KernelException, UnreadableException {
    // Asked before opening: opening a pipe can wake its writer, opening a device can do anything.
    try (var place = resolution.open(file, Kernel.O_PATH)) {
      requireRegular(file, place);
    }
    var fd = resolution.open(file, READ);
    try {
      requireRegular(file, fd);
      return fd;
    } catch (KernelException | UnreadableException e) {
      fd.close();
      throw e;
    }
  }

  private static void requireRegular(BytePath file, Fd fd)
      throws KernelException, UnreadableException {
    if (Kernel.stat(fd).kind() != FileKind.REGULAR) {
      throw new UnreadableException(Reason.NOT_A_FILE, file, "not a regular file");
    }
  }

  private interface Call<T> {
    @Nullable T make() throws KernelException, UnreadableException;
  }

  /// Makes a call within the budget; null where there is nothing at that path.
  private <T> @Nullable T at(BytePath path, Call<T> call) throws UnreadableException {
    spending.depth(path, path.depth() - place.depth());
    spending.time(path, 0);
    var start = System.nanoTime();
    T result;
    try {
      result = call.make();
    } catch (KernelException e) {
      if (e.errno() != Errno.ENOENT && e.errno() != Errno.ENOTDIR) {
        throw new UnreadableException(reason(e.errno()), path, String.valueOf(e.getMessage()));
      }
      result = null;
    }
    spending.time(path, System.nanoTime() - start);
    return result;
  }

  static Reason reason(Errno errno) {
    return switch (errno) {
      case ELOOP -> Reason.LINK_IN_PATH;
      case EXDEV -> Reason.OTHER_FILE_SYSTEM;
      case EACCES, EPERM -> Reason.DENIED;
      case ENXIO, EISDIR -> Reason.NOT_A_FILE;
      case ENAMETOOLONG -> Reason.BUDGET;
      case ENOENT,
          ESRCH,
          EINTR,
          EIO,
          EBADF,
          EAGAIN,
          ENOMEM,
          EBUSY,
          EEXIST,
          ENOTDIR,
          EINVAL,
          ENFILE,
          EMFILE,
          ENOSPC,
          EROFS,
          ENOSYS,
          ENOTEMPTY,
          ESTALE,
          EDQUOT,
          OTHER ->
          Reason.IO;
    };
  }
}
