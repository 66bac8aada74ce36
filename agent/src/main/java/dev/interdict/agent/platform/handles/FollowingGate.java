package dev.interdict.agent.platform.handles;

import dev.interdict.agent.enforce.Gate;
import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.RemovalPlan;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.platform.watch.Follower;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The gate of a system that asks nobody before it starts a program: what is barred is ended within
/// a second of its start. Has a thread only while something is barred. Thread-safe.
public final class FollowingGate implements Gate {
  private final Programs programs;
  private final Runnable noticed;
  private final List<Tried> earlier = new ArrayList<>();
  private List<RemovalPlan> plans = List.of();
  private @Nullable Follower follower;

  /// @param noticed to be run when a program was ended, a few times an hour at most; from any
  ///   thread, and must not wait for anything
  public FollowingGate(Programs programs, Runnable noticed) {
    this.programs = programs;
    this.noticed = noticed;
  }

  @Override
  public synchronized void bar(List<RemovalPlan> plans) {
    collect();
    var files = files(plans);
    if (follower != null && (!plans.equals(this.plans) || !follower.same(files))) {
      follower.close();
      follower = null;
    }
    this.plans = List.copyOf(plans);
    if (follower == null && !files.isEmpty()) {
      follower = new Follower(files, plans.size(), new Followed(programs), noticed);
    }
  }

  private Map<FileId, Integer> files(List<RemovalPlan> plans) {
    var files = new HashMap<FileId, Integer>();
    for (var i = 0; i < plans.size(); i++) {
      for (var part : plans.get(i).parts()) {
        if (part.program()) {
          files.putIfAbsent(part.id(), i);
        }
      }
    }
    programs.needed().forEach(files::remove);
    return files;
  }

  private void collect() {
    for (var i = 0; follower != null && i < plans.size(); i++) {
      var stopped = follower.stopped(i);
      if (stopped > 0) {
        earlier.add(new Tried(plans.get(i).rule(), plans.get(i).item(), 0, stopped));
      }
    }
  }

  @Override
  public synchronized List<Tried> tried() {
    collect();
    var all = List.copyOf(earlier);
    earlier.clear();
    return all;
  }

  /// Nobody ever waits for an answer here.
  @Override
  public int releases() {
    return 0;
  }

  @Override
  public synchronized State state() {
    return follower == null ? State.OPEN : State.FOLLOWING;
  }

  @Override
  public synchronized void close() {
    bar(List.of());
  }

  /// Held processes, as they are followed.
  private static final class Followed implements Follower.Processes {
    private final Programs programs;
    private final Stopping stopping;

    Followed(Programs programs) {
      this.programs = programs;
      this.stopping = new Stopping(programs);
    }

    @Override
    public Collection<Long> pids() throws IOException, UnreadableException {
      return programs.pids();
    }

    @Override
    public @Nullable RunningProcess find(long pid) throws IOException {
      try (var held = programs.hold(pid)) {
        return held == null ? null : held.process();
      } catch (DiskException e) {
        // The system protects it, or it has just ended.
        return null;
      }
    }

    @Override
    public Outcome stop(FileId file, Duration grace) {
      return stopping.stop(Set.of(file), grace);
    }
  }
}
