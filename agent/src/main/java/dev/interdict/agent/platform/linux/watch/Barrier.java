package dev.interdict.agent.platform.linux.watch;

import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.platform.linux.LinuxProcesses;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import dev.interdict.agent.platform.linux.kernel.PermissionGroup;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;

/// One set of marks with the thread that answers for it, and a second thread that lets everybody
/// through when an answer is late. Which file is asked for decides, never its path. The set never
/// changes: another one is another barrier.
///
/// This process is always let through, since the quarantine reads what it takes; its workers may
/// read and not execute. Both threads sleep while nobody asks.
final class Barrier implements AutoCloseable {
  /// How old an answer may become.
  static final long LIMIT = TimeUnit.MILLISECONDS.toNanos(250);

  private static final long GLANCE = TimeUnit.MILLISECONDS.toNanos(50);

  /// How soon the guard hears of one denied start after another.
  private static final long QUIET = TimeUnit.MINUTES.toNanos(10);

  private static final Duration CLOSING = Duration.ofSeconds(1);
  private static final long STACK = 256 << 10;
  private static final int UNKNOWN_KEPT = 16;

  private final PermissionGroup group;
  private final LinuxProcesses processes;
  private final Runnable noticed;
  private final Runnable thinking;
  private final Set<FileId> marked;
  private final Map<FileId, Integer> starting;
  private final FileTable starters;
  private final FileTable readable;
  private final AtomicIntegerArray denied;
  private final ByteBuffer[] unknown = new ByteBuffer[UNKNOWN_KEPT];
  private final AtomicIntegerArray unknownLength = new AtomicIntegerArray(UNKNOWN_KEPT);
  private final int self = (int) ProcessHandle.current().pid();
  private final Thread answering;
  private final Thread watching;
  private final boolean whole;

  /// When the question at hand was read, or 0.
  private volatile long asked;

  private volatile boolean watcherSleeps;
  private volatile boolean closing;
  private volatile boolean released;
  private long told = System.nanoTime() - QUIET;

  /// Marks what the threshold names, and answers from then on.
  ///
  /// @param count how many plans there are
  /// @param noticed to be run when there is something to hear; must not wait for anything
  /// @param thinking runs before each answer; for tests of what happens when it is late
  /// @throws KernelException if the kernel has no such thing for us
  Barrier(
      Threshold threshold, int count, LinuxProcesses processes, Runnable noticed, Runnable thinking)
      throws KernelException {
    this.processes = processes;
    this.noticed = noticed;
    this.thinking = thinking;
    this.marked = Set.copyOf(threshold.marks().keySet());
    this.starting = Map.copyOf(threshold.starters());
    this.starters = new FileTable(threshold.starters());
    this.readable = new FileTable(threshold.readable());
    this.denied = new AtomicIntegerArray(count);
    for (var i = 0; i < UNKNOWN_KEPT; i++) {
      unknown[i] = ByteBuffer.allocateDirect(4096);
    }
    this.group = PermissionGroup.open();
    this.answering = thread("gate", this::answer);
    this.watching = thread("gate-watch", this::watch);
    answering.start();
    watching.start();
    var set = threshold.marks().values().stream().filter(this::mark).count();
    this.whole = threshold.whole() && set == marked.size();
  }

  /// A file system may refuse it; the others are marked all the same.
  private boolean mark(Threshold.Mark mark) {
    try {
      group.mark(mark.fd(), mark.folder());
      return true;
    } catch (KernelException e) {
      return false;
    }
  }

  /// Whether everything could be marked.
  boolean whole() {
    return whole;
  }

  private static Thread thread(String name, Runnable work) {
    return Thread.ofPlatform().daemon().name(name).stackSize(STACK).unstarted(work);
  }

  /// Whether it bars the same as another one would.
  boolean same(Threshold threshold) {
    return !released
        && marked.equals(threshold.marks().keySet())
        && starting.equals(threshold.starters());
  }

  private void answer() {
    try {
      while (group.await() && !released) {
        asked = System.nanoTime() | 1;
        if (watcherSleeps) {
          LockSupport.unpark(watching);
        }
        group.answer(this::allows);
        asked = 0;
      }
    } catch (KernelException | RuntimeException | Error e) {
      // Whatever it was: nobody may wait for an answer that never comes.
      release();
    } finally {
      asked = 0;
    }
  }

  private boolean allows(int pid, boolean exec, long device, long inode) {
    thinking.run();
    asked = System.nanoTime() | 1;
    if (pid == self) {
      return true;
    }
    var number = starters.get(device, inode);
    if (number == FileTable.NONE && !exec && readable.get(device, inode) != FileTable.NONE) {
      return true;
    }
    if (!exec && ofOurs(pid)) {
      return true;
    }
    if (number == FileTable.NONE) {
      keepUnknown();
    } else {
      denied.incrementAndGet(number);
    }
    var now = System.nanoTime();
    if (now - told >= QUIET) {
      told = now;
      noticed.run();
    }
    return false;
  }

  /// A worker that this process started. Only the kernel's own files are read for it.
  private boolean ofOurs(int pid) {
    try {
      return pid > 0 && processes.parent(pid) == self;
    } catch (IOException e) {
      return false;
    }
  }

  /// Keeps the path of what came into a folder since, for whoever asks later whose it is.
  private void keepUnknown() {
    for (var i = 0; i < UNKNOWN_KEPT; i++) {
      if (unknownLength.get(i) == 0) {
        unknownLength.set(i, Math.max(1, group.path(unknown[i])));
        return;
      }
    }
  }

  /// Sleeps until a question is read, and then looks at it every now and then until it is answered.
  private void watch() {
    while (!closing && !released) {
      watcherSleeps = true;
      if (asked == 0) {
        LockSupport.park(this);
      }
      watcherSleeps = false;
      for (var since = asked; since != 0; since = asked) {
        if (System.nanoTime() - since > LIMIT) {
          release();
          break;
        }
        LockSupport.parkNanos(this, GLANCE);
      }
    }
  }

  private void release() {
    if (!released) {
      released = true;
      try {
        group.release();
      } catch (KernelException e) {
        // No descriptor is left to put in its place, so that only our end helps those who wait.
        throw new IllegalStateException("cannot let go of the gate: " + e.getMessage(), e);
      }
      noticed.run();
    }
  }

  /// Whether everybody was let through because an answer was late.
  boolean released() {
    return released;
  }

  /// How often each plan's files were denied since last asked.
  int denied(int number) {
    return denied.getAndSet(number, 0);
  }

  /// Paths, from the machine's root, of denied files that no plan knew.
  List<String> unknown() {
    var paths = new ArrayList<String>();
    for (var i = 0; i < UNKNOWN_KEPT; i++) {
      var length = unknownLength.get(i);
      if (length > 0) {
        var bytes = new byte[length];
        unknown[i].get(0, bytes);
        unknownLength.set(i, 0);
        paths.add(new String(bytes, StandardCharsets.ISO_8859_1));
      }
    }
    return paths;
  }

  /// Frees what it marked. Those who wait get their answers first.
  @Override
  public void close() {
    try {
      if (!released) {
        group.unmark();
      }
      group.end();
      ended(answering);
    } catch (KernelException e) {
      release();
    }
    closing = true;
    LockSupport.unpark(watching);
    ended(watching);
    if (answering.isAlive() || watching.isAlive()) {
      // Stuck, and let go of: its descriptor stands for nothing any more.
      release();
    } else {
      group.close();
    }
  }

  /// Waits for a thread that ends soon: while it runs, the number of the group's descriptor must
  /// not come to mean another file.
  private static void ended(Thread thread) {
    try {
      thread.join(CLOSING);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
