package dev.interdict.agent.platform.linux.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Waits for a descriptor to have something to read, until somebody rings (eventfd(2)). One thread
/// waits; any thread rings. Once rung, it stays so.
final class Alarm implements AutoCloseable {
  private static final int EFD_CLOEXEC = 02000000;
  private static final short POLLIN = 1;

  private final Fd bell;

  /// Two `struct pollfd`, made once: waiting allocates nothing.
  private final byte[] polled = new byte[16];

  private final ByteBuffer view = ByteBuffer.wrap(polled).order(ByteOrder.nativeOrder());
  private final ByteBuffer one =
      ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder()).putLong(0, 1);

  Alarm() throws KernelException {
    this.bell = new Fd((int) Kernel.check("eventfd", () -> NotifyCalls.eventfd(0, EFD_CLOEXEC)));
  }

  void ring() {
    NotifyCalls.write(bell.number(), one, 8);
  }

  /// Waits until there is something to read at `fd`, or somebody rang, or the time is over.
  ///
  /// @param milliseconds how long to wait; below 0 for ever
  /// @return whether there is something to read
  boolean await(int fd, int milliseconds) throws KernelException {
    view.putInt(0, fd).putShort(4, POLLIN).putShort(6, (short) 0);
    view.putInt(8, bell.number()).putShort(12, POLLIN).putShort(14, (short) 0);
    Kernel.check("poll", () -> Libc.poll(polled, 2, milliseconds));
    return view.getShort(6) != 0;
  }

  /// Whether somebody had rung when the last wait ended.
  boolean rung() {
    return view.getShort(14) != 0;
  }

  @Override
  public void close() {
    bell.close();
  }
}
