package dev.interdict.agent.platform.watch;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.agent.inventory.UnreadableException;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Stops banned programs soon after they start, where the kernel does not let us prevent it: looks
/// at new processes twice a second, and at all of them now and then, since an old process may
/// become another program. Lives only while something is barred.
public final class Follower implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(400);
  private static final Duration GRACE = Duration.ofMillis(200);

  /// How soon the guard hears of one stopped program after another.
  private static final long QUIET = Duration.ofMinutes(10).toNanos();

  private static final Duration ENDING = Duration.ofSeconds(5);

  /// Looks for which a process counts as new: it may not have executed its program at the first.
  private static final int NEW = 3;

  private static final int ALL = 20;

  private final Processes processes;
  private final Map<FileId, Integer> programs;
  private final Runnable noticed;
  private final AtomicIntegerArray stopped;
  private final Thread thread;
  private final Map<Long, Integer> looks = new HashMap<>();
  private volatile boolean closed;
  private long told = System.nanoTime() - QUIET;

  /// The processes of a system, and how those of one file are ended. Seam.
  public interface Processes {
    /// The numbers of all that run now.
    Collection<Long> pids() throws IOException, UnreadableException;

    /// What has this number now; null where there is none, or it may not be looked at.
    @Nullable RunningProcess find(long pid) throws IOException;

    /// Ends what executes `file`, by the system's own word; what the machine needs lives.
    Outcome stop(FileId file, Duration grace);
  }

  /// @param programs files by the number of their plan
  /// @param count of plans
  /// @param noticed to be run when something was stopped; must not wait for anything
  public Follower(Map<FileId, Integer> programs, int count, Processes processes, Runnable noticed) {
    this.programs = Map.copyOf(programs);
    this.processes = processes;
    this.noticed = noticed;
    this.stopped = new AtomicIntegerArray(count);
    this.thread = Thread.ofPlatform().daemon().name("follower").unstarted(this::follow);
    thread.start();
  }

  /// Whether it follows the same.
  public boolean same(Map<FileId, Integer> others) {
    return programs.equals(others);
  }

  private void follow() {
    for (var round = 0; !closed; round++) {
      try {
        look(round % ALL == 0);
      } catch (IOException | UnreadableException e) {
        // What cannot be looked at now is looked at with the next round.
        looks.clear();
      }
      LockSupport.parkNanos(this, PAUSE.toNanos());
    }
  }

  private void look(boolean all) throws IOException, UnreadableException {
    var found = new HashMap<FileId, Integer>();
    var running = processes.pids();
    looks.keySet().retainAll(new HashSet<>(running));
    for (var pid : running) {
      if (looks.merge(pid, 1, Integer::sum) <= NEW || all) {
        var process = processes.find(pid);
        if (process != null) {
          match(process, found);
        }
      }
    }
    for (var one : found.entrySet()) {
      if (processes.stop(one.getKey(), GRACE) instanceof Outcome.Done) {
        stopped.incrementAndGet(one.getValue());
        var now = System.nanoTime();
        if (now - told >= QUIET) {
          told = now;
          noticed.run();
        }
      }
    }
  }

  private void match(RunningProcess process, Map<FileId, Integer> found) {
    var executable = process.executableId();
    if (executable != null && programs.containsKey(executable)) {
      found.put(executable, programs.getOrDefault(executable, 0));
    }
    for (var script : process.scripts()) {
      if (programs.containsKey(script.id())) {
        found.put(script.id(), programs.getOrDefault(script.id(), 0));
      }
    }
  }

  /// How many programs of each plan were stopped since last asked.
  public int stopped(int number) {
    return stopped.getAndSet(number, 0);
  }

  /// Ends with the look that is under way.
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join(ENDING);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
