package dev.interdict.agent.platform.linux.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A fanotify group that the kernel asks before a marked file is opened or executed. Whoever opens
/// it waits for the answer; if this process ends, or [#release] is called, the kernel lets all of
/// them through.
///
/// Marks are on inodes, never on mounts: what is not marked is not slowed by one instruction. One
/// thread calls [#await] and [#answer]; the rest is safe for any thread until it is closed.
///
/// Spec: fanotify(7), fanotify_init(2), fanotify_mark(2).
public final class PermissionGroup implements AutoCloseable {
  private static final int FAN_CLOEXEC = 1;
  private static final int FAN_CLASS_CONTENT = 4;
  private static final int O_LARGEFILE_AND_CLOEXEC = 0100000 | Kernel.O_CLOEXEC;
  private static final int FAN_MARK_ADD = 1;
  private static final int FAN_MARK_FLUSH = 0x80;
  private static final long FAN_OPEN_PERM = 0x10000;
  private static final long FAN_OPEN_EXEC_PERM = 0x40000;
  private static final long FAN_EVENT_ON_CHILD = 0x08000000;
  private static final int FAN_ALLOW = 1;
  private static final int FAN_DENY = 2;
  private static final int METADATA = 24;
  private static final byte VERSION = 3;
  private static final int AT_FDCWD = -100;
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int DONT_SYNC = 0x4000;
  private static final int STATX_INO = 0x100;
  private static final byte[] SELF = "/proc/self/fd/".getBytes(StandardCharsets.US_ASCII);

  private final Fd group;
  private final Alarm alarm;
  private final ByteBuffer events = direct(4096);
  private final ByteBuffer response = direct(8);
  private final ByteBuffer statx = direct(Stat.BYTES);
  private final ByteBuffer empty = direct(8);
  private final ByteBuffer link = direct(32).put(0, SELF);

  /// The descriptor of the file that is being decided on.
  private int asked = -1;

  private PermissionGroup(Fd group, Alarm alarm) {
    this.group = group;
    this.alarm = alarm;
  }

  /// Decides one question. Runs while somebody waits: opens nothing by path, takes no lock, logs
  /// nothing.
  @FunctionalInterface
  public interface Decider {
    /// @param pid who asks; 0 for a process that this one cannot see
    /// @param exec whether it is about to be executed rather than opened
    boolean allows(int pid, boolean exec, long device, long inode);
  }

  /// A group without marks.
  ///
  /// @throws KernelException EPERM without CAP_SYS_ADMIN, ENOSYS or EINVAL where the kernel has no
  ///   such thing
  public static PermissionGroup open() throws KernelException {
    var flags = FAN_CLOEXEC | FAN_CLASS_CONTENT;
    var group =
        new Fd(
            (int)
                Kernel.check(
                    "fanotify_init",
                    () -> NotifyCalls.fanotify_init(flags, O_LARGEFILE_AND_CLOEXEC)));
    try {
      return new PermissionGroup(group, new Alarm());
    } catch (KernelException e) {
      group.close();
      throw e;
    }
  }

  /// Asks from now on before this very file is opened, whatever its name.
  ///
  /// @param object may be opened with O_PATH; it is not kept
  /// @param children whether it is a directory, and what lies directly in it is meant
  public void mark(Fd object, boolean children) throws KernelException {
    var mask = FAN_OPEN_PERM | FAN_OPEN_EXEC_PERM | (children ? FAN_EVENT_ON_CHILD : 0);
    var self = self(object);
    Kernel.check(
        "fanotify_mark",
        () -> NotifyCalls.fanotify_mark(group.number(), FAN_MARK_ADD, mask, AT_FDCWD, self));
  }

  /// The kernel's name for an open descriptor: leads to that file and no other.
  static byte[] self(Fd object) {
    var number = Integer.toString(object.number()).getBytes(StandardCharsets.US_ASCII);
    var path = Arrays.copyOf(SELF, SELF.length + number.length + 1);
    System.arraycopy(number, 0, path, SELF.length, number.length);
    return path;
  }

  /// Removes all marks; who waits already goes on waiting for an answer.
  public void unmark() throws KernelException {
    Kernel.check(
        "fanotify_mark",
        () ->
            NotifyCalls.fanotify_mark(
                group.number(), FAN_MARK_FLUSH, 0, AT_FDCWD, new byte[] {'/', 0}));
  }

  /// Waits until somebody asks.
  ///
  /// @return false once [#end] was called and nobody waits for an answer
  public boolean await() throws KernelException {
    return alarm.await(group.number(), -1) || !alarm.rung();
  }

  /// Makes [#await] return false once nobody waits.
  public void end() {
    alarm.ring();
  }

  /// Answers those who were waiting when [#await] returned.
  public void answer(Decider decider) throws KernelException {
    if (!alarm.await(group.number(), 0)) {
      return;
    }
    var length = Libc.read(group.number(), events, events.capacity());
    for (var at = 0; at + METADATA <= length; at += events.getInt(at)) {
      if (events.get(at + 4) != VERSION || events.getInt(at) < METADATA) {
        throw new KernelException("read", Errno.EINVAL);
      }
      asked = events.getInt(at + 16);
      if (asked >= 0) {
        answer(events.getLong(at + 8), events.getInt(at + 20), decider);
      }
    }
  }

  /// Which file it is is asked of the event's own descriptor, whose opening asks nobody.
  private void answer(long mask, int pid, Decider decider) {
    var allowed = true;
    try {
      var found =
          NotifyCalls.syscall(
              Abi.HERE.statx(), asked, empty, AT_EMPTY_PATH | DONT_SYNC, STATX_INO, statx);
      var exec = (mask & FAN_OPEN_EXEC_PERM) != 0;
      // What cannot be told is let through.
      allowed = found != 0 || decider.allows(pid, exec, Stat.device(statx), Stat.inode(statx));
    } finally {
      response.putInt(0, asked).putInt(4, allowed ? FAN_ALLOW : FAN_DENY);
      NotifyCalls.write(group.number(), response, response.capacity());
      Libc.close(asked);
    }
  }

  /// The path of the file that is being decided on, as the kernel knows it, into a direct buffer.
  /// For [Decider#allows] only.
  ///
  /// @return its length, or less than 0
  public int path(ByteBuffer into) {
    var end = SELF.length;
    var number = asked;
    var digits = 1;
    for (var rest = number; rest >= 10; rest /= 10) {
      digits++;
    }
    link.put(end + digits, (byte) 0);
    for (var i = digits - 1; i >= 0; i--) {
      link.put(end + i, (byte) ('0' + number % 10));
      number /= 10;
    }
    return (int) NotifyCalls.readlinkat(AT_FDCWD, link, into, into.capacity());
  }

  /// Lets everybody who waits through, and everybody from now on. The descriptor's number goes on
  /// to exist and stands for nothing: a thread that is late with its answer writes it nowhere.
  public void release() throws KernelException {
    try (var nothing = Kernel.openNothing()) {
      Kernel.check(
          "dup3", () -> NotifyCalls.dup3(nothing.number(), group.number(), Kernel.O_CLOEXEC));
    }
  }

  @Override
  public void close() {
    group.close();
    alarm.close();
  }

  private static ByteBuffer direct(int size) {
    return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
  }
}
