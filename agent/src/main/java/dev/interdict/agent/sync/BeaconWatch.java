package dev.interdict.agent.sync;

import dev.interdict.policy.Beacon;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Looks for beacons, all at once and each for [#PATIENCE] at most, while the rest of the run goes
/// on. Every beacon is asked, not only until the first: rules may define the corporate network by
/// different ones.
///
/// For one thread.
final class BeaconWatch implements AutoCloseable {
  /// From the look-up of the name to the end of the handshake.
  static final Duration PATIENCE = Duration.ofSeconds(3);

  /// Most that are looked for in one run: eight for each of eight rules.
  static final int MOST = 64;

  private final Map<Beacon, CompletableFuture<Boolean>> asked = new LinkedHashMap<>();
  private final List<BeaconProbe> probes = new ArrayList<>();
  private final long deadline;

  private BeaconWatch(Duration patience) {
    deadline = System.nanoTime() + patience.toNanos();
  }

  /// Begins to look for the first [#MOST] of `beacons`.
  static BeaconWatch begin(List<Beacon> beacons, Duration patience) {
    var watch = new BeaconWatch(patience);
    beacons.stream().distinct().limit(MOST).forEach(beacon -> watch.ask(beacon, patience));
    return watch;
  }

  private void ask(Beacon beacon, Duration patience) {
    var probe = new BeaconProbe(beacon, patience);
    var answer = new CompletableFuture<Boolean>();
    probes.add(probe);
    asked.put(beacon, answer);
    // A thread of its own, since a name that is looked up holds its carrier; it outlives nothing.
    Thread.ofPlatform()
        .daemon()
        .name("beacon " + beacon.host())
        .start(() -> answer.complete(probe.shinesRightly()));
  }

  /// The beacons that have proved to be there by the deadline; waits for it at most.
  List<Beacon> seen() throws IOException {
    var seen = new ArrayList<Beacon>();
    for (var one : asked.entrySet()) {
      if (waitFor(one.getValue())) {
        seen.add(one.getKey());
      }
    }
    return seen;
  }

  private boolean waitFor(CompletableFuture<Boolean> answer) throws IOException {
    try {
      return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a probe failed in a way of its own", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while looking for the corporate network", e);
    }
  }

  /// Gives up whatever has not answered.
  @Override
  public void close() throws IOException {
    for (var probe : probes) {
      probe.close();
    }
  }
}
