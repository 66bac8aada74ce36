package dev.interdict.agent.pipe;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// Messages on a byte stream: four bytes of length, big-endian, then that many bytes. Thread-safe
/// as far as the streams are.
public final class Frames {
  private Frames() {}

  /// Writes one message. Does not flush.
  public static void write(OutputStream out, byte[] message) throws IOException {
    var length = message.length;
    out.write(
        new byte[] {
          (byte) (length >>> 24), (byte) (length >>> 16), (byte) (length >>> 8), (byte) length
        });
    out.write(message);
  }

  /// Reads one message, or null where the stream ends between two messages.
  ///
  /// @param limit most bytes of a message; nothing is allocated for a longer one
  /// @throws IOException if the message is longer than `limit` or the stream ends within it
  public static byte @Nullable [] read(InputStream in, int limit) throws IOException {
    var first = in.read();
    if (first < 0) {
      return null;
    }
    var rest = in.readNBytes(3);
    if (rest.length < 3) {
      throw new EOFException("stream ended within the length of a message");
    }
    var length =
        (first & 0xffL) << 24 | (rest[0] & 0xffL) << 16 | (rest[1] & 0xffL) << 8 | rest[2] & 0xffL;
    if (length > limit) {
      throw new IOException("message of " + length + " bytes, limit is " + limit + " bytes");
    }
    var message = in.readNBytes((int) length);
    if (message.length < length) {
      throw new EOFException(
          "stream ended after %d of the %d bytes of a message".formatted(message.length, length));
    }
    return message;
  }
}
