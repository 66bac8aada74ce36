package dev.interdict.agent.platform.handles.quarantine;

import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.platform.handles.Disk;
import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.agent.platform.handles.Node;
import dev.interdict.agent.platform.handles.Opened;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/// Removes a copy, whole or as far as it came, where its user can reach it. Whatever is not in the
/// original as well is theirs: then all of it stays, so that nothing is lost that is nowhere else.
final class CopyRemoval implements TreeWalk.Visitor {
  private static final int PIECE = 256 << 10;

  private final Disk disk;
  private final Opened top;
  private final byte[] topName;
  private final Deque<Opened> originals = new ArrayDeque<>();

  private CopyRemoval(Disk disk, Opened top, byte[] topName) {
    this.disk = disk;
    this.top = top;
    this.topName = topName;
  }

  /// Does nothing where there is no such entry.
  ///
  /// @param original in a folder that nobody else can change
  /// @throws RefusedException if something else lies there, which stays
  static void remove(
      Opened parent,
      byte[] name,
      Opened original,
      byte[] originalName,
      Place place,
      Acts acts,
      String us)
      throws DiskException, RefusedException {
    if (Place.there(acts.disk(), parent, name)) {
      var look = new CopyRemoval(acts.disk(), original, originalName);
      try {
        TreeWalk.walk(acts.disk(), parent, name, look);
      } catch (RefusedException e) {
        throw new RefusedException(
            e.outcome().why(),
            "%s is not the copy that was made, and stays: %s"
                .formatted(new String(name, StandardCharsets.US_ASCII), e.getMessage()));
      } finally {
        look.originals.forEach(Opened::close);
      }
    }
    TreeRemoval.remove(parent, name, place, acts, us);
  }

  private Opened folder() {
    return originals.isEmpty() ? top : originals.getLast();
  }

  private byte[] nameOf(byte[] name) {
    return originals.isEmpty() ? topName : name;
  }

  private void require(byte[] original, FileKind kind) throws DiskException, RefusedException {
    if (!Place.there(disk, folder(), original) || disk.look(folder(), original).kind() != kind) {
      throw foreign();
    }
  }

  private static RefusedException foreign() {
    return new RefusedException(Refusal.CHANGED, "something in it was not copied");
  }

  @Override
  public void enter(Opened parent, byte[] name, Opened folder, Node node)
      throws DiskException, RefusedException {
    require(nameOf(name), FileKind.DIRECTORY);
    originals.addLast(disk.enter(folder(), nameOf(name)));
  }

  @Override
  public void leave(Opened parent, byte[] name, Node node) {
    originals.removeLast().close();
  }

  @Override
  public void leaf(Opened parent, byte[] name, Node node) throws DiskException, RefusedException {
    var original = nameOf(name);
    require(original, node.kind());
    var same =
        switch (node.kind()) {
          case LINK -> Arrays.equals(disk.target(parent, name), disk.target(folder(), original));
          case REGULAR -> begins(parent, name, original);
          case DIRECTORY, SPECIAL -> false;
        };
    if (!same) {
      throw foreign();
    }
  }

  /// Whether the original begins with what the copy holds.
  private boolean begins(Opened parent, byte[] name, byte[] original) throws DiskException {
    try (var copy = disk.open(parent, name);
        var whole = disk.open(folder(), original)) {
      var part = new byte[PIECE];
      var begin = new byte[PIECE];
      for (var n = fill(copy, part); n > 0; n = fill(copy, part)) {
        if (fill(whole, begin) < n || !Arrays.equals(part, 0, n, begin, 0, n)) {
          return false;
        }
      }
      return true;
    }
  }

  private int fill(Opened file, byte[] into) throws DiskException {
    var filled = 0;
    var piece = new byte[into.length];
    while (filled < into.length) {
      var rest = filled == 0 ? piece : Arrays.copyOf(piece, into.length - filled);
      var n = disk.read(file, rest);
      if (n <= 0) {
        break;
      }
      System.arraycopy(rest, 0, into, filled, n);
      filled += n;
    }
    return filled;
  }
}
