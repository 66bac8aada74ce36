package dev.interdict.agent.platform.linux.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// [Arrivals] by inotify(7), for kernels, file systems and users that have no fanotify of this
/// kind.
final class InotifyArrivals implements Arrivals {
  private static final int IN_CLOEXEC = 02000000;
  private static final int MASK = 0x80 | 0x100 | 0x01000000;
  private static final int OVERFLOW = 0x4000;
  private static final int HEADER = 16;

  private final Fd queue;
  private final Alarm alarm = new Alarm();
  private final ByteBuffer in = ByteBuffer.allocateDirect(16 << 10).order(ByteOrder.nativeOrder());

  private InotifyArrivals(Fd queue) throws KernelException {
    this.queue = queue;
  }

  static InotifyArrivals open() throws KernelException {
    return new InotifyArrivals(
        new Fd((int) Kernel.check("inotify_init1", () -> NotifyCalls.inotify_init1(IN_CLOEXEC))));
  }

  @Override
  public Object watch(Fd directory) throws KernelException {
    var self = PermissionGroup.self(directory);
    return (int)
        Kernel.check(
            "inotify_add_watch", () -> NotifyCalls.inotify_add_watch(queue.number(), self, MASK));
  }

  @Override
  public boolean await(int milliseconds) throws KernelException {
    return alarm.await(queue.number(), milliseconds);
  }

  @Override
  public List<Arrival> read() throws KernelException {
    var length = (int) Kernel.check("read", () -> Libc.read(queue.number(), in, in.capacity()));
    return parse(in, length);
  }

  /// Reads `struct inotify_event` records.
  static List<Arrival> parse(ByteBuffer in, int length) throws KernelException {
    var arrivals = new ArrayList<Arrival>();
    var at = 0;
    while (at + HEADER <= length) {
      var size = in.getInt(at + 12);
      if (size < 0 || size > length - at - HEADER) {
        throw new KernelException("read", Errno.EINVAL);
      }
      if ((in.getInt(at + 4) & OVERFLOW) != 0) {
        arrivals.add(new Arrival(LOST, new byte[0], 0));
      } else if (size > 0) {
        var name = DirectoryEntries.name(in, at + HEADER, at + HEADER + size);
        arrivals.add(new Arrival(in.getInt(at), name, 0));
      }
      at += HEADER + size;
    }
    return arrivals;
  }

  @Override
  public void ring() {
    alarm.ring();
  }

  @Override
  public void close() {
    queue.close();
    alarm.close();
  }
}
