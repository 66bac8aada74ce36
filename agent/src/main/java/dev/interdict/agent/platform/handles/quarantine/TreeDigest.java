package dev.interdict.agent.platform.handles.quarantine;

import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.platform.handles.Disk;
import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.agent.platform.handles.Node;
import dev.interdict.agent.platform.handles.Opened;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The content of a file or a whole folder as one SHA-256: kinds, names, permission bits, file
/// contents and link targets. Times, owners and set-id bits are left out: a move may touch the
/// first, and the last are not given back.
///
/// @param bytes content of all regular files
/// @param setId whether a file in it would run with other rights than those of whoever starts it
record TreeDigest(String sha256, long bytes, boolean setId) {
  private static final long MOST_BYTES = 64L << 30;

  /// Reads one entry of a folder.
  ///
  /// @param place whose owners must own everything in it
  /// @throws RefusedException if something belongs to another, is mounted, or changes meanwhile
  static TreeDigest of(Disk disk, Opened parent, byte[] name, Place place)
      throws DiskException, RefusedException {
    var reading = new Reading(disk, place);
    TreeWalk.walk(disk, parent, name, reading);
    return new TreeDigest(
        HexFormat.of().formatHex(reading.digest.digest()), reading.bytes, reading.setId);
  }

  /// Whether both are of the same content.
  boolean same(TreeDigest other) {
    return sha256.equals(other.sha256);
  }

  private static final class Reading implements TreeWalk.Visitor {
    private final Disk disk;
    private final Place place;
    private final MessageDigest digest = newDigest();
    private final byte[] buffer = new byte[256 << 10];
    private boolean below;
    private boolean setId;
    private long bytes;

    Reading(Disk disk, Place place) {
      this.disk = disk;
      this.place = place;
    }

    @Override
    public void enter(Opened parent, byte[] name, Opened folder, Node node)
        throws RefusedException {
      head(name, node);
    }

    @Override
    public void leave(Opened parent, byte[] name, Node node) {
      digest.update((byte) -1);
    }

    @Override
    public void leaf(Opened parent, byte[] name, Node node) throws DiskException, RefusedException {
      head(name, node);
      setId |= node.setId();
      if (node.kind() == FileKind.LINK) {
        var target = disk.target(parent, name);
        digest.update(ByteBuffer.allocate(4).putInt(target.length).flip());
        digest.update(target);
      } else if (node.kind() == FileKind.REGULAR) {
        content(parent, name, node);
      }
    }

    /// The name of the topmost entry is left out: it has another one in quarantine.
    private void head(byte[] name, Node node) throws RefusedException {
      if (!place.owned(node)) {
        throw new RefusedException(
            Refusal.FOREIGN_OWNER, "something in it belongs to another user");
      }
      var shown = below ? name : new byte[0];
      below = true;
      var mode = node.kind() == FileKind.LINK ? 0 : node.mode() & 0777;
      var head = ByteBuffer.allocate(9 + shown.length);
      head.put((byte) node.kind().ordinal()).putInt(mode).putInt(shown.length).put(shown);
      digest.update(head.flip());
    }

    private void content(Opened parent, byte[] name, Node expected)
        throws DiskException, RefusedException {
      try (var file = disk.open(parent, name)) {
        if (!disk.look(file).id().equals(expected.id())) {
          throw new RefusedException(Refusal.CHANGED, "a file was replaced while it was read");
        }
        var length = 0L;
        for (var n = disk.read(file, buffer); n > 0; n = disk.read(file, buffer)) {
          digest.update(buffer, 0, n);
          length += n;
          bytes += n;
          if (bytes > MOST_BYTES) {
            throw new RefusedException(Refusal.TOO_LARGE, "more than " + MOST_BYTES + " bytes");
          }
        }
        digest.update(ByteBuffer.allocate(8).putLong(length).flip());
      }
    }

    private static MessageDigest newDigest() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-256", e);
      }
    }
  }
}
