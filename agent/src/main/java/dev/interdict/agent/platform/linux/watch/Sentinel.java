package dev.interdict.agent.platform.linux.watch;

import dev.interdict.agent.enforce.Watch;
import dev.interdict.agent.platform.linux.kernel.Arrivals;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import dev.interdict.agent.platform.watch.Pace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The thread that hears of what arrives, keeps what is looked for, and tells the guard once it has
/// been quiet for a moment, since an installation takes its time. Many arrivals are read together.
final class Sentinel implements AutoCloseable {
  private static final long QUIET = Duration.ofMillis(250).toNanos();
  private static final long LONGEST = Duration.ofSeconds(2).toNanos();
  private static final long BATCH = Duration.ofMillis(10).toNanos();
  private static final int MOST = 64;
  private static final long STACK = 512 << 10;

  private final Arrivals arrivals;
  private final Map<Object, List<Lookout.Sought>> watched;
  private final Origin origin;
  private final Pace pace;
  private final Runnable noticed;
  private final int self = (int) ProcessHandle.current().pid();
  private final Thread thread;
  private final Map<Watch.Place, Watch.Arrived> arrived = new LinkedHashMap<>();
  private volatile List<Watch.Carrier> carriers;
  private volatile boolean closed;
  private boolean ended;

  private Sentinel(
      Arrivals arrivals,
      Map<Object, List<Lookout.Sought>> watched,
      List<Watch.Carrier> carriers,
      Origin origin,
      Pace pace,
      Runnable noticed) {
    this.arrivals = arrivals;
    this.watched = watched;
    this.carriers = List.copyOf(carriers);
    this.origin = origin;
    this.pace = pace;
    this.noticed = noticed;
    this.thread =
        Thread.ofPlatform().daemon().name("arrivals").stackSize(STACK).unstarted(this::hear);
  }

  /// Begins to watch; by the simple way where a file system does not know the better one.
  static Sentinel start(
      Lookout lookout, List<Watch.Carrier> carriers, Origin origin, Pace pace, Runnable noticed)
      throws KernelException {
    Sentinel sentinel;
    try {
      sentinel = on(Arrivals.open(), lookout, carriers, origin, pace, noticed);
    } catch (KernelException e) {
      sentinel = on(Arrivals.openSimple(), lookout, carriers, origin, pace, noticed);
    }
    sentinel.thread.start();
    return sentinel;
  }

  private static Sentinel on(
      Arrivals arrivals,
      Lookout lookout,
      List<Watch.Carrier> carriers,
      Origin origin,
      Pace pace,
      Runnable noticed)
      throws KernelException {
    try {
      return new Sentinel(arrivals, lookout.watchedBy(arrivals), carriers, origin, pace, noticed);
    } catch (KernelException e) {
      arrivals.close();
      throw e;
    }
  }

  void carriers(List<Watch.Carrier> known) {
    carriers = List.copyOf(known);
  }

  private void hear() {
    try {
      while (!closed) {
        if (arrivals.await(-1) && !closed && keep(arrivals.read())) {
          settle();
          tell();
        } else {
          // Many come together, and most of them are nothing to us.
          LockSupport.parkNanos(this, BATCH);
        }
      }
    } catch (KernelException e) {
      // The next judgement starts another one.
      closed = true;
    } finally {
      end();
    }
  }

  private synchronized void end() {
    ended = true;
    arrivals.close();
  }

  /// Waits until nothing that is looked for has arrived for a moment, but not for ever.
  private void settle() throws KernelException {
    var begun = System.nanoTime();
    var last = begun;
    for (var now = begun; !closed; now = System.nanoTime()) {
      var left = Math.min(QUIET - (now - last), LONGEST - (now - begun));
      if (left <= 0) {
        return;
      }
      if (arrivals.await((int) TimeUnit.NANOSECONDS.toMillis(left) + 1)) {
        if (keep(arrivals.read())) {
          last = System.nanoTime();
        }
        LockSupport.parkNanos(this, BATCH);
      }
    }
  }

  private void tell() throws KernelException {
    for (var left = pace.left(); left > 0 && !closed; left = pace.left()) {
      if (arrivals.await((int) TimeUnit.NANOSECONDS.toMillis(left) + 1)) {
        keep(arrivals.read());
        LockSupport.parkNanos(this, BATCH);
      }
    }
    if (!closed) {
      pace.told();
      noticed.run();
    }
  }

  /// Keeps what is looked for; whether anything was. What we put there ourselves is not.
  private boolean keep(List<Arrivals.Arrival> some) {
    var any = false;
    for (var arrival : some) {
      if (arrival.pid() == self) {
        continue;
      }
      if (arrival.directory().equals(Arrivals.LOST)) {
        any = true;
        watched.values().forEach(names -> names.forEach(sought -> keep(sought.place(), 0)));
        continue;
      }
      for (var sought : watched.getOrDefault(arrival.directory(), List.of())) {
        if (sought.name().fits(arrival.name())) {
          any = true;
          keep(sought.place(), arrival.pid());
        }
      }
    }
    return any;
  }

  private void keep(Watch.Place place, int pid) {
    synchronized (arrived) {
      if (arrived.containsKey(place) || arrived.size() >= MOST) {
        return;
      }
    }
    var cause = origin.of(pid, place, carriers);
    synchronized (arrived) {
      arrived.put(place, new Watch.Arrived(place, cause));
    }
  }

  /// What arrived since this was last asked.
  List<Watch.Arrived> arrived() {
    synchronized (arrived) {
      var all = new ArrayList<>(arrived.values());
      arrived.clear();
      return all;
    }
  }

  boolean alive() {
    return !closed;
  }

  /// The thread ends soon; what it has kept can still be asked for.
  @Override
  public synchronized void close() {
    closed = true;
    if (!ended) {
      arrivals.ring();
    }
  }
}
