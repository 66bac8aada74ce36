package dev.interdict.agent.platform.linux.quarantine;

import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.platform.linux.Beneath;
import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import dev.interdict.agent.platform.linux.kernel.Stat;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The content of a file or a whole directory as one SHA-256: kinds, names, permission bits, file
/// contents and link targets. Times, owners and set-id bits are left out: a move may touch the
/// first, and the last are not given back.
///
/// @param bytes content of all regular files
record TreeDigest(String sha256, long bytes) {
  private static final long MOST_BYTES = 64L << 30;
  private static final int READ = Kernel.O_RDONLY | Kernel.O_NONBLOCK | Kernel.O_NOCTTY;

  /// Reads one entry of a directory.
  ///
  /// @param owner who must own everything in it
  /// @throws RefusedException if something belongs to another, is mounted, or changes meanwhile
  static TreeDigest of(Fd parent, byte[] name, int owner) throws KernelException, RefusedException {
    var reading = new Reading(owner);
    DeepWalk.walk(parent, name, reading);
    return new TreeDigest(HexFormat.of().formatHex(reading.digest.digest()), reading.bytes);
  }

  private static final class Reading implements DeepWalk.Visitor {
    private final int owner;
    private final MessageDigest digest = newDigest();
    private final byte[] buffer = new byte[256 << 10];
    private boolean below;
    private long bytes;

    Reading(int owner) {
      this.owner = owner;
    }

    @Override
    public void enter(Fd parent, byte[] name, Fd directory, Stat stat)
        throws KernelException, RefusedException {
      require(stat);
      head(name, stat.kind(), AccessList.bits(directory, stat));
    }

    @Override
    public void leave(Fd parent, byte[] name, Stat stat) {
      digest.update((byte) -1);
    }

    @Override
    public void leaf(Fd parent, byte[] name, Stat stat) throws KernelException, RefusedException {
      require(stat);
      if (stat.kind() == FileKind.LINK) {
        head(name, stat.kind(), 0);
        var target = Kernel.readlink(parent, name);
        digest.update(ByteBuffer.allocate(4).putInt(target.length).flip());
        digest.update(target);
      } else if (stat.kind() == FileKind.REGULAR) {
        content(parent, name, stat);
      } else {
        head(name, stat.kind(), stat.mode() & 0777);
      }
    }

    private void require(Stat stat) throws RefusedException {
      if (stat.uid() != owner) {
        throw new RefusedException(
            Refusal.FOREIGN_OWNER, "something in it belongs to another user");
      }
    }

    /// The name of the topmost entry is left out: it has another one in quarantine.
    private void head(byte[] name, FileKind kind, int mode) {
      var shown = below ? name : new byte[0];
      below = true;
      var head = ByteBuffer.allocate(9 + shown.length);
      head.put((byte) kind.ordinal()).putInt(mode).putInt(shown.length).put(shown);
      digest.update(head.flip());
    }

    private void content(Fd parent, byte[] name, Stat expected)
        throws KernelException, RefusedException {
      try (var file = Beneath.enter(parent, name, READ)) {
        if (!Kernel.stat(file).id().equals(expected.id())) {
          throw new RefusedException(Refusal.CHANGED, "a file was replaced while it was read");
        }
        head(name, expected.kind(), AccessList.bits(file, expected));
        var length = 0L;
        for (var n = Kernel.read(file, buffer); n > 0; n = Kernel.read(file, buffer)) {
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
