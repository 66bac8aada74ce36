package dev.interdict.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// What is streamed to a client, each piece of which it has a time to take: one that reads nothing,
/// or a byte now and then, keeps nothing for longer. Used by one thread.
final class Draining extends OutputStream {
  private static final ScheduledExecutorService WATCH =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("stalled-readers").daemon().factory());

  private final OutputStream out;
  private final Runnable breakOff;
  private final Duration piece;

  /// @param breakOff ends the connection, so that a write that waits for it fails
  /// @param piece for one write
  Draining(OutputStream out, Runnable breakOff, Duration piece) {
    this.out = out;
    this.breakOff = breakOff;
    this.piece = piece;
  }

  private interface Write {
    void run() throws IOException;
  }

  private void timed(Write write) throws IOException {
    var end = WATCH.schedule(breakOff, piece.toMillis(), TimeUnit.MILLISECONDS);
    try {
      write.run();
    } finally {
      end.cancel(false);
    }
  }

  @Override
  public void write(int one) throws IOException {
    timed(() -> out.write(one));
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    timed(() -> out.write(bytes, from, length));
  }

  @Override
  public void flush() throws IOException {
    timed(out::flush);
  }

  @Override
  public void close() throws IOException {
    timed(out::close);
  }
}
