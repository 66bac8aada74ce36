package dev.interdict.agent.platform.linux.watch;

import dev.interdict.agent.enforce.Gate;
import dev.interdict.agent.enforce.RemovalPlan;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.platform.linux.LinuxMachine;
import dev.interdict.agent.platform.linux.LinuxProcesses;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import dev.interdict.agent.platform.watch.Follower;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The gate of a Linux machine: a [Barrier] where the kernel lets us have one, else, or for what
/// could not be marked, a [Follower]. Costs nothing while nothing is barred. Thread-safe.
public final class LinuxGate implements Gate {
  private static final Logger LOG = LoggerFactory.getLogger(LinuxGate.class);

  /// How long launches are only followed after an answer was late.
  private static final Duration REST = Duration.ofMinutes(10);

  private final Path root;
  private final LinuxProcesses processes;
  private final Runnable noticed;
  private final Runnable thinking;
  private List<RemovalPlan> plans = List.of();
  private @Nullable Barrier barrier;
  private @Nullable Follower follower;
  private final List<Tried> earlier = new ArrayList<>();
  private int releases;

  /// When it last had to let go, or 0.
  private long released;

  /// @param root of the machine
  /// @param noticed to be run when there is something to hear, a few times an hour at most; from
  ///   any thread, and must not wait for anything
  public LinuxGate(Path root, LinuxProcesses processes, Runnable noticed) {
    this(root, processes, noticed, () -> {});
  }

  LinuxGate(Path root, LinuxProcesses processes, Runnable noticed, Runnable thinking) {
    this.root = root;
    this.processes = processes;
    this.noticed = noticed;
    this.thinking = thinking;
  }

  @Override
  public synchronized void bar(List<RemovalPlan> plans) {
    if (plans.isEmpty()) {
      replace(plans, null, null);
      return;
    }
    try (var machine = LinuxMachine.open(root, processes);
        var threshold = new Threshold(machine, plans)) {
      bar(plans, threshold);
    } catch (IOException e) {
      // What is barred stays so; the next judgement tries again.
      LOG.atWarn().addKeyValue("why", e.getMessage()).log("launches not prevented anew");
    }
  }

  private void bar(List<RemovalPlan> plans, Threshold threshold) throws IOException {
    collect();
    var unchanged = plans.equals(this.plans);
    if (unchanged && barrier != null && barrier.same(threshold)) {
      return;
    }
    var next = barrier(plans, threshold);
    var programs = programs(plans, threshold);
    if (next != null && next.whole() || programs.isEmpty()) {
      replace(plans, next, null);
    } else if (unchanged && follower != null && follower.same(programs)) {
      replace(plans, next, follower);
    } else {
      replace(plans, next, follower(programs, plans.size(), next));
    }
  }

  private Follower follower(Map<FileId, Integer> programs, int count, @Nullable Barrier next)
      throws IOException {
    try {
      return new Follower(programs, count, new Followed(processes), noticed);
    } catch (IOException e) {
      if (next != null) {
        next.close();
      }
      throw e;
    }
  }

  private @Nullable Barrier barrier(List<RemovalPlan> plans, Threshold threshold) {
    if (threshold.marks().isEmpty() || resting()) {
      return null;
    }
    try {
      return new Barrier(threshold, plans.size(), processes, noticed, thinking);
    } catch (KernelException e) {
      LOG.atDebug().addKeyValue("why", e.getMessage()).log("launches followed, not prevented");
      return null;
    }
  }

  private boolean resting() {
    return released != 0 && System.nanoTime() - released < REST.toNanos();
  }

  /// What runs of them; what only leads there, or lies elsewhere too, says too little to stop a
  /// process for.
  private static Map<FileId, Integer> programs(List<RemovalPlan> plans, Threshold threshold) {
    var programs = new HashMap<>(threshold.starters());
    programs.keySet().removeAll(threshold.elsewhere());
    for (var plan : plans) {
      for (var part : plan.parts()) {
        if (part.role() == Part.Role.LAUNCHER) {
          programs.remove(part.id());
        }
      }
    }
    return programs;
  }

  /// The new one stands before the old one goes.
  private void replace(
      List<RemovalPlan> plans, @Nullable Barrier next, @Nullable Follower following) {
    collect();
    if (barrier != null) {
      barrier.close();
    }
    if (follower != null && follower != following) {
      follower.close();
    }
    this.plans = List.copyOf(plans);
    barrier = next;
    follower = following;
  }

  private void collect() {
    var prevented = new int[plans.size()];
    var stopped = new int[plans.size()];
    for (var i = 0; i < plans.size(); i++) {
      prevented[i] = barrier == null ? 0 : barrier.denied(i);
      stopped[i] = follower == null ? 0 : follower.stopped(i);
    }
    if (barrier != null) {
      barrier.unknown().forEach(path -> prevented[owner(path)]++);
    }
    for (var i = 0; i < plans.size(); i++) {
      if (prevented[i] + stopped[i] > 0) {
        var plan = plans.get(i);
        earlier.add(new Tried(plan.rule(), plan.item(), prevented[i], stopped[i]));
      }
    }
    if (barrier != null && barrier.released()) {
      releases++;
      released = System.nanoTime() | 1;
      barrier.close();
      barrier = null;
    }
  }

  /// The plan in whose folder it lies; the first where nobody can say.
  private int owner(String path) {
    for (var i = 0; i < plans.size(); i++) {
      if (plans.get(i).parts().stream().anyMatch(part -> path.contains(part.path() + "/"))) {
        return i;
      }
    }
    return 0;
  }

  @Override
  public synchronized List<Tried> tried() {
    collect();
    var all = List.copyOf(earlier);
    earlier.clear();
    return all;
  }

  @Override
  public synchronized int releases() {
    collect();
    var count = releases;
    releases = 0;
    return count;
  }

  @Override
  public synchronized State state() {
    if (barrier != null && barrier.whole() && !barrier.released()) {
      return State.HOLDING;
    }
    return follower == null ? State.OPEN : State.FOLLOWING;
  }

  @Override
  public synchronized void close() {
    replace(List.of(), null, null);
  }
}
