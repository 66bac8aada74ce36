package dev.interdict.agent.platform.linux.quarantine;

import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.platform.linux.Beneath;
import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import dev.interdict.agent.platform.linux.kernel.Stat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Removes a copy, whole or as far as it came, where its user can reach it. Whatever is not in the
/// original as well is theirs: then all of it stays, so that nothing is lost that is nowhere else.
final class CopyRemoval implements DeepWalk.Visitor, AutoCloseable {
  private static final int READ = Kernel.O_RDONLY | Kernel.O_NONBLOCK | Kernel.O_NOCTTY;
  private static final int PIECE = 256 << 10;
  private static final int ENTER = Kernel.O_RDONLY | Kernel.O_DIRECTORY;

  private final Fd top;
  private final byte[] topName;
  private @Nullable Fd here;
  private int depth;

  private CopyRemoval(Fd top, byte[] topName) {
    this.top = top;
    this.topName = topName;
  }

  /// Does nothing where there is no such entry.
  ///
  /// @param original in a folder that nobody else can change
  /// @throws RefusedException if something else lies there, which stays
  static void remove(Fd parent, byte[] name, Fd original, byte[] originalName, int owner, Acts acts)
      throws KernelException, RefusedException {
    if (Taking.there(parent, name)) {
      try (var look = new CopyRemoval(original, originalName)) {
        DeepWalk.walk(parent, name, look);
      } catch (RefusedException e) {
        throw new RefusedException(
            e.outcome().why(),
            "%s is not the copy that was made, and stays: %s"
                .formatted(new String(name, StandardCharsets.US_ASCII), e.getMessage()));
      }
    }
    TreeRemoval.remove(parent, name, owner, acts);
  }

  private Fd directory() {
    return here == null ? top : here;
  }

  private byte[] nameOf(byte[] name) {
    return here == null ? topName : name;
  }

  private void require(byte[] name, FileKind kind) throws KernelException, RefusedException {
    if (!Taking.there(directory(), name) || Kernel.stat(directory(), name).kind() != kind) {
      throw foreign();
    }
  }

  private static RefusedException foreign() {
    return new RefusedException(Refusal.CHANGED, "something in it was not copied");
  }

  @Override
  public void enter(Fd parent, byte[] name, Fd directory, Stat stat)
      throws KernelException, RefusedException {
    require(nameOf(name), FileKind.DIRECTORY);
    move(Beneath.enter(directory(), nameOf(name), ENTER));
    depth++;
  }

  @Override
  public void leave(Fd parent, byte[] name, Stat stat) throws KernelException {
    depth--;
    move(depth == 0 ? null : Kernel.openat(directory(), new byte[] {'.', '.'}, ENTER, 0));
  }

  @Override
  public void leaf(Fd parent, byte[] name, Stat stat) throws KernelException, RefusedException {
    var original = nameOf(name);
    require(original, stat.kind());
    var same =
        switch (stat.kind()) {
          case LINK ->
              Arrays.equals(Kernel.readlink(parent, name), Kernel.readlink(directory(), original));
          case REGULAR -> begins(parent, name, stat.id(), original);
          case DIRECTORY, SPECIAL -> false;
        };
    if (!same) {
      throw foreign();
    }
  }

  /// Whether the original begins with what the copy holds.
  private boolean begins(Fd parent, byte[] name, FileId id, byte[] original)
      throws KernelException, RefusedException {
    try (var copy = Beneath.enter(parent, name, READ);
        var whole = Beneath.enter(directory(), original, READ)) {
      if (!Kernel.stat(copy).id().equals(id)) {
        throw foreign();
      }
      for (var at = 0L; ; at += PIECE) {
        var part = Kernel.read(copy, at, PIECE);
        if (!Arrays.equals(part, Kernel.read(whole, at, part.length))) {
          return false;
        }
        if (part.length < PIECE) {
          return true;
        }
      }
    }
  }

  private void move(@Nullable Fd next) {
    if (here != null) {
      here.close();
    }
    here = next;
  }

  @Override
  public void close() {
    move(null);
  }
}
