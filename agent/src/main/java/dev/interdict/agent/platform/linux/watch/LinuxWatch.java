package dev.interdict.agent.platform.linux.watch;

import dev.interdict.agent.enforce.Watch;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.platform.linux.LinuxMachine;
import dev.interdict.agent.platform.linux.LinuxProcesses;
import dev.interdict.agent.platform.watch.Pace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The watch of a Linux machine. Has a thread only while there is something to watch. Thread-safe.
public final class LinuxWatch implements Watch {
  private static final Logger LOG = LoggerFactory.getLogger(LinuxWatch.class);

  private final Path root;
  private final LinuxProcesses processes;
  private final Origin origin;
  private final Runnable noticed;
  private final Pace pace = new Pace(System::nanoTime);
  private final List<Arrived> earlier = new ArrayList<>();
  private @Nullable Lookout lookout;
  private @Nullable Sentinel sentinel;

  /// @param root of the machine
  /// @param place the same, from the machine's real root
  /// @param noticed to be run once things that arrived have settled; must not wait for anything
  public LinuxWatch(Path root, BytePath place, LinuxProcesses processes, Runnable noticed) {
    this.root = root;
    this.processes = processes;
    this.origin = new Origin(processes, place);
    this.noticed = noticed;
  }

  @Override
  public synchronized void over(Set<Place> places, List<Carrier> carriers) {
    if (places.isEmpty()) {
      replace(null, null);
      return;
    }
    try (var machine = LinuxMachine.open(root, processes);
        var next = new Lookout(machine, places)) {
      if (next.empty()) {
        replace(null, null);
      } else if (sentinel != null && sentinel.alive() && lookout != null && lookout.same(next)) {
        sentinel.carriers(carriers);
      } else {
        replace(next, Sentinel.start(next, carriers, origin, pace, noticed));
        lookAgain(machine, places, next);
      }
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("why", e.getMessage()).log("re-installation not watched anew");
    }
  }

  /// What arrived between the scan and the first mark is on the way by now.
  private void lookAgain(LinuxMachine machine, Set<Place> places, Lookout watched)
      throws IOException {
    try (var now = new Lookout(machine, places)) {
      if (!now.same(watched) && pace.left() <= 0) {
        pace.told();
        noticed.run();
      }
    }
  }

  private void replace(@Nullable Lookout next, @Nullable Sentinel watcher) {
    if (sentinel != null) {
      earlier.addAll(sentinel.arrived());
      sentinel.close();
    }
    lookout = next;
    sentinel = watcher;
  }

  @Override
  public synchronized List<Arrived> arrived() {
    if (sentinel != null) {
      earlier.addAll(sentinel.arrived());
    }
    var all = List.copyOf(earlier);
    earlier.clear();
    return all;
  }

  @Override
  public synchronized void close() {
    replace(null, null);
  }
}
