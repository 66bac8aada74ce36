package dev.interdict.agent.sync;

import dev.interdict.agent.pipe.Frames;
import dev.interdict.trust.Limits;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Files on the pipe between the guard and its worker, so that neither needs to reach the other's
/// folder: for each its name and its bytes, a message each, and an empty name at the end.
final class Parcels {
  /// The longest that a client keeps or fetches.
  static final int LONGEST = Limits.STANDARD.provenTarget();

  private static final int LONGEST_NAME = 600;

  /// A chain of roots, the other roles, and what they name.
  private static final int MOST = 1000;

  private static final long MOST_BYTES = 64L << 20;

  private Parcels() {}

  /// Takes what arrives.
  @FunctionalInterface
  interface Recipient {
    /// @throws IOException if it cannot be taken, which ends the reading
    void take(String name, byte[] bytes) throws IOException;
  }

  /// Writes one file. Does not flush.
  static void write(OutputStream out, String name, byte[] bytes) throws IOException {
    Frames.write(out, name.getBytes(StandardCharsets.UTF_8));
    Frames.write(out, bytes);
  }

  /// Says that there are no more.
  static void end(OutputStream out) throws IOException {
    Frames.write(out, new byte[0]);
  }

  /// Reads all up to the end.
  ///
  /// @throws IOException if the stream breaks off, or more arrives than a client keeps
  static void read(InputStream in, Recipient recipient) throws IOException {
    var bytes = 0L;
    for (var count = 0; count <= MOST; count++) {
      var name = new String(frame(in, LONGEST_NAME), StandardCharsets.UTF_8);
      if (name.isEmpty()) {
        return;
      }
      var file = frame(in, LONGEST);
      bytes += file.length;
      if (bytes > MOST_BYTES) {
        break;
      }
      recipient.take(name, file);
    }
    throw new IOException("more files on the pipe than a client keeps");
  }

  private static byte[] frame(InputStream in, int limit) throws IOException {
    var frame = Frames.read(in, limit);
    if (frame == null) {
      throw new EOFException("the pipe ended among its files");
    }
    return frame;
  }
}
