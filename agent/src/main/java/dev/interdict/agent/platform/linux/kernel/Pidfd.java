package dev.interdict.agent.platform.linux.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A descriptor that stands for one process for ever, whatever becomes of its number
/// (pidfd_open(2)).
public final class Pidfd implements AutoCloseable {
  private static final short POLLIN = 1;

  private final Fd fd;

  private Pidfd(Fd fd) {
    this.fd = fd;
  }

  /// The process that has this number now.
  ///
  /// @throws KernelException ESRCH where none has
  public static Pidfd open(long pid) throws KernelException {
    return new Pidfd(
        new Fd((int) Kernel.check("pidfd_open", () -> Libc.syscall(Abi.PIDFD_OPEN, pid, 0, 0, 0))));
  }

  /// Sends a signal to exactly that process.
  ///
  /// @throws KernelException ESRCH once it has ended
  public void signal(int signal) throws KernelException {
    Kernel.check(
        "pidfd_send_signal", () -> Libc.syscall(Abi.PIDFD_SEND_SIGNAL, fd.number(), signal, 0, 0));
  }

  /// Waits until the process has ended.
  ///
  /// @return whether it has, within that time
  public boolean ended(int milliseconds) throws KernelException {
    var struct =
        ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putInt(fd.number()).putShort(POLLIN);
    return Kernel.check("poll", () -> Libc.poll(struct.array(), 1, milliseconds)) > 0;
  }

  @Override
  public void close() {
    fd.close();
  }
}
