package dev.interdict.server.fleetsim;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Plays machines against the real clock: each asks when it is due, however slow the server is, and
/// what it waits counts from then. A virtual thread for each open request.
final class OpenLoop implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long NAP_NANOS = 500_000;

  private final Agents agents;
  private final Wheel wheel;
  private final InetSocketAddress server;
  private final Habits habits;
  private final Semaphore open;
  private final ConcurrentLinkedDeque<Line> kept = new ConcurrentLinkedDeque<>();
  private final AtomicInteger lines = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile Tally tally = new Tally();

  /// How machines behave on the wire.
  ///
  /// @param tls which servers to believe; null for plain HTTP
  /// @param keepAlive whether connections are used again, as behind a proxy that ends TLS
  /// @param most requests open at once; more are begun late, and count as late
  record Habits(@Nullable SSLContext tls, boolean keepAlive, int most) {
    /// The same with another bound of open requests.
    Habits with(int most) {
      return new Habits(tls, keepAlive, most);
    }
  }

  OpenLoop(Agents agents, Wheel wheel, InetSocketAddress server, Habits habits) {
    this.agents = agents;
    this.wheel = wheel;
    this.server = server;
    this.habits = habits;
    this.open = new Semaphore(habits.most());
  }

  /// Plays until the simulated time `until`; returns what is answered from now until this is called
  /// again. Requests that are open then are not waited for ([#rest]): what fell due meanwhile would
  /// come all at once.
  Tally play(Pace pace, Instant until) throws InterruptedException {
    tally = new Tally();
    var started = System.nanoTime();
    for (var now = pace.now(); now.isBefore(until); now = pace.now()) {
      var machine = wheel.poll(now);
      if (machine < 0) {
        LockSupport.parkNanos(NAP_NANOS);
        continue;
      }
      open.acquire();
      begin(machine, pace);
    }
    tally.took(System.nanoTime() - started);
    return tally;
  }

  /// Waits for requests that are open.
  void rest() throws InterruptedException {
    open.acquire(habits.most());
    open.release(habits.most());
  }

  /// Requests are signed here, in the order in which they are due: threads that sign and send by
  /// themselves would all sign first, and then send in one moment.
  private void begin(int machine, Pace pace) {
    var due = wheel.due(machine);
    var call = agents.turn(machine, due);
    if (call == null) {
      wheel.schedule(machine, agents.idle(machine, due));
      open.release();
      return;
    }
    threads.execute(() -> {
      try {
        var answer = send(call.bytes());
        tally.answered(call, answer, (System.nanoTime() - pace.real(due)) / 1000);
        wheel.schedule(machine, agents.answered(machine, call, answer, pace.now()));
      } finally {
        open.release();
      }
    });
  }

  private @Nullable Answer send(byte[] request) {
    var line = kept.poll();
    if (line != null) {
      try {
        return exchange(line, request);
      } catch (IOException e) {
        // It may have been closed while it idled; the request is idempotent.
      }
    }
    try {
      return exchange(new Line(server, habits.tls(), lines.incrementAndGet(), PATIENCE), request);
    } catch (IOException e) {
      return null;
    }
  }

  private Answer exchange(Line line, byte[] request) throws IOException {
    Answer answer = null;
    try {
      answer = line.exchange(request);
      return answer;
    } finally {
      if (answer != null && answer.kept() && habits.keepAlive()) {
        kept.push(line);
      } else {
        line.close();
      }
    }
  }

  @Override
  public void close() {
    threads.close();
    kept.forEach(Line::close);
  }
}
