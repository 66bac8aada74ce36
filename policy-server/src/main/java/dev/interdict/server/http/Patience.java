package dev.interdict.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
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
  /// @throws IOException also if they come too slowly
  byte[] read(InputStream in, int length) throws IOException {
    var out = new ByteArrayOutputStream(Math.min(length, PIECE));
    var piece = new byte[Math.min(length, PIECE)];
    while (out.size() < length) {
      var n = in.read(piece, 0, Math.min(piece.length, length - out.size()));
      if (n < 0) {
        break;
      }
      if (nanos.getAsLong() - start > most) {
        throw new IOException("the body came too slowly");
      }
      out.write(piece, 0, n);
    }
    return out.toByteArray();
  }
}
