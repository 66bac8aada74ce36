package dev.interdict.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.LongSupplier;

/// How long one request's body may take in all. A body that drips in never idles, and would
/// otherwise hold its place for ever. Used by one thread.
final class Patience {
  private static final int PIECE = 8 << 10;

  private final LongSupplier nanos;
  private final long start;
  private final long most;

  /// @param nanos as [System#nanoTime]
  /// @param most in nanoseconds, from now on
  Patience(LongSupplier nanos, long most) {
    this.nanos = nanos;
    this.start = nanos.getAsLong();
    this.most = most;
  }

  /// At most `length` bytes of `in`.
  ///
  /// @param announced how many there are to be; less than 0 if nobody knows
  /// @throws IOException also if they come too slowly
  byte[] read(InputStream in, int length, long announced) throws IOException {
    var size = announced < 0 ? PIECE : Math.min(announced, PIECE);
    var bytes = new byte[Math.toIntExact(Math.min(length, size))];
    for (var read = 0; ; ) {
      if (read == bytes.length) {
        var more = read < length ? in.read() : -1;
        if (more < 0) {
          return bytes;
        }
        bytes = Arrays.copyOf(bytes, Math.min(length, Math.max(PIECE, 2 * read)));
        bytes[read++] = (byte) more;
      }
      var n = in.read(bytes, read, bytes.length - read);
      if (n < 0) {
        return Arrays.copyOf(bytes, read);
      }
      if (nanos.getAsLong() - start > most) {
        throw new IOException("the body came too slowly");
      }
      read += n;
    }
  }
}
