package dev.interdict.agent.platform.handles;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.RunningProcess;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// Processes in memory, each with the file that it really runs, which need not be the one that its
/// path says.
public final class FakePrograms implements Programs {
  /// @param file what it executes
  /// @param shown the path as the system tells it
  public record One(long pid, long start, FileId file, @Nullable FileId shown, String path) {}

  public final Map<Long, One> table = new ConcurrentSkipListMap<>();
  public final Set<Long> denied = new HashSet<>();
  public final Set<FileId> needed = new HashSet<>();
  public final Set<Long> spared = new HashSet<>();
  public final Set<One> ended = ConcurrentHashMap.newKeySet();
  public Runnable beforeHold = () -> {};
  public java.util.function.Consumer<One> afterEnd = _ -> {};

  public One start(long pid, long start, FileId file, String path) {
    var one = new One(pid, start, file, file, path);
    table.put(pid, one);
    return one;
  }

  private static RunningProcess process(One one) {
    return new RunningProcess(
        one.pid, one.start, 501, BytePath.parse(one.path), one.shown, List.of(), "name");
  }

  @Override
  public Set<Long> pids() {
    return Set.copyOf(table.keySet());
  }

  @Override
  public List<RunningProcess> running() {
    return table.values().stream().map(FakePrograms::process).toList();
  }

  @Override
  public @Nullable Program hold(long pid) throws DiskException {
    beforeHold.run();
    if (denied.contains(pid)) {
      throw new DiskException(Trouble.DENIED, "open process", "5");
    }
    var one = table.get(pid);
    return one == null ? null : new Holding(one);
  }

  @Override
  public Set<Long> spared() {
    return spared;
  }

  @Override
  public Set<FileId> needed() {
    return needed;
  }

  private final class Holding implements Program {
    private final One one;

    Holding(One one) {
      this.one = one;
    }

    @Override
    public RunningProcess process() {
      return FakePrograms.process(one);
    }

    @Override
    public boolean runs(Set<FileId> files) {
      return files.contains(one.file);
    }

    @Override
    public void ask() {
      // Nothing here ends by itself.
    }

    @Override
    public void end() {
      if (table.remove(one.pid, one)) {
        ended.add(one);
        afterEnd.accept(one);
      }
    }

    @Override
    public boolean ended(Duration limit) {
      return !one.equals(table.get(one.pid));
    }

    @Override
    public void close() {
      // Nothing is held here.
    }
  }
}
