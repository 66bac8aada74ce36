package dev.interdict.agent.platform.linux.quarantine;

import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.Amendment;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.platform.linux.Beneath;
import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Lists of other programs as bytes: read whole and bounded, told by their digest, never parsed.
final class Lists {
  private static final int READ = Kernel.O_RDONLY | Kernel.O_NONBLOCK | Kernel.O_NOCTTY;

  private Lists() {}

  /// @throws RefusedException if it is no regular file, or too long
  static byte[] read(Fd directory, byte[] name) throws KernelException, RefusedException {
    try (var file = Beneath.enter(directory, name, READ)) {
      if (Kernel.stat(file).kind() != FileKind.REGULAR) {
        throw new RefusedException(Refusal.NOT_A_FILE, "no regular file");
      }
      var content = Kernel.read(file, 0, Amendment.MOST_BYTES + 1);
      if (content.length > Amendment.MOST_BYTES) {
        throw new RefusedException(
            Refusal.TOO_LARGE, "a list of more than " + Amendment.MOST_BYTES + " bytes");
      }
      return content;
    }
  }

  /// Whether a file of that name is there and has content with that digest.
  static boolean has(Fd directory, byte[] name, String sha256) throws KernelException {
    try {
      return digest(read(directory, name)).equals(sha256);
    } catch (RefusedException e) {
      return false;
    } catch (KernelException e) {
      if (Place.absent(e)) {
        return false;
      }
      throw e;
    }
  }

  static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
