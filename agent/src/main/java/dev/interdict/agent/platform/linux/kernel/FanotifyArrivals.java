package dev.interdict.agent.platform.linux.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// [Arrivals] by fanotify(7), which also tells who did it. Directories are told apart by their file
/// handles.
final class FanotifyArrivals implements Arrivals {
  private static final int FAN_CLOEXEC = 1;
  private static final int FAN_REPORT_DFID_NAME = 0x400 | 0x800;
  private static final int FAN_MARK_ADD = 1;
  private static final long MASK = 0x80 | 0x100 | 0x40000000;
  private static final long OVERFLOW = 0x4000;
  private static final int AT_FDCWD = -100;
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int METADATA = 24;
  private static final int HEADER_AND_FSID = 12;
  private static final byte DFID_NAME = 2;
  private static final int MOST_HANDLE = 128;

  private final Fd group;
  private final Alarm alarm = new Alarm();
  private final ByteBuffer in = ByteBuffer.allocateDirect(16 << 10).order(ByteOrder.nativeOrder());

  private FanotifyArrivals(Fd group) throws KernelException {
    this.group = group;
  }

  static FanotifyArrivals open() throws KernelException {
    var flags = FAN_CLOEXEC | FAN_REPORT_DFID_NAME;
    return new FanotifyArrivals(
        new Fd((int) Kernel.check("fanotify_init", () -> NotifyCalls.fanotify_init(flags, 0))));
  }

  /// A file handle: the same for one directory, however it was reached.
  private record Handle(ByteBuffer bytes) {}

  @Override
  public Object watch(Fd directory) throws KernelException {
    var handle = handle(directory);
    var self = PermissionGroup.self(directory);
    Kernel.check(
        "fanotify_mark",
        () -> NotifyCalls.fanotify_mark(group.number(), FAN_MARK_ADD, MASK, AT_FDCWD, self));
    return handle;
  }

  private static Handle handle(Fd directory) throws KernelException {
    var into = new byte[8 + MOST_HANDLE];
    var view = ByteBuffer.wrap(into).order(ByteOrder.nativeOrder()).putInt(0, MOST_HANDLE);
    Kernel.check(
        "name_to_handle_at",
        () ->
            NotifyCalls.name_to_handle_at(
                directory.number(), new byte[1], into, new int[1], AT_EMPTY_PATH));
    return new Handle(ByteBuffer.wrap(Arrays.copyOf(into, 8 + view.getInt(0))));
  }

  @Override
  public boolean await(int milliseconds) throws KernelException {
    return alarm.await(group.number(), milliseconds);
  }

  @Override
  public List<Arrival> read() throws KernelException {
    var length = (int) Kernel.check("read", () -> Libc.read(group.number(), in, in.capacity()));
    return parse(in, length);
  }

  /// Reads `struct fanotify_event_metadata` records with their names.
  static List<Arrival> parse(ByteBuffer in, int length) throws KernelException {
    var arrivals = new ArrayList<Arrival>();
    var at = 0;
    while (at + METADATA <= length) {
      var size = in.getInt(at);
      if (size < METADATA || size > length - at) {
        throw new KernelException("read", Errno.EINVAL);
      }
      var arrival =
          (in.getLong(at + 8) & OVERFLOW) != 0
              ? new Arrival(LOST, new byte[0], 0)
              : arrival(in, at + METADATA, at + size, in.getInt(at + 20));
      if (arrival != null) {
        arrivals.add(arrival);
      }
      at += size;
    }
    return arrivals;
  }

  private static @Nullable Arrival arrival(ByteBuffer in, int from, int end, int pid)
      throws KernelException {
    var at = from;
    while (at + HEADER_AND_FSID + 8 <= end) {
      var size = Short.toUnsignedInt(in.getShort(at + 2));
      if (size < 4 || size > end - at) {
        throw new KernelException("read", Errno.EINVAL);
      }
      if (in.get(at) == DFID_NAME) {
        return arrival(in, at + HEADER_AND_FSID, at + size, in.getInt(at + HEADER_AND_FSID), pid);
      }
      at += size;
    }
    return null;
  }

  private static Arrival arrival(ByteBuffer in, int at, int end, int bytes, int pid)
      throws KernelException {
    if (bytes < 0 || bytes > MOST_HANDLE || bytes > end - at - 8) {
      throw new KernelException("read", Errno.EINVAL);
    }
    var handle = new byte[8 + bytes];
    in.get(at, handle);
    return new Arrival(
        new Handle(ByteBuffer.wrap(handle)),
        DirectoryEntries.name(in, at + handle.length, end),
        pid);
  }

  @Override
  public void ring() {
    alarm.ring();
  }

  @Override
  public void close() {
    group.close();
    alarm.close();
  }
}
