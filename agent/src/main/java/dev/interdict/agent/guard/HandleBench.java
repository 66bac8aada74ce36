package dev.interdict.agent.guard;

import dev.interdict.agent.enforce.Hands;
import dev.interdict.agent.platform.handles.Disk;
import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.agent.platform.handles.Opened;
import dev.interdict.agent.platform.handles.Programs;
import dev.interdict.agent.platform.handles.Stopping;
import dev.interdict.agent.platform.handles.quarantine.HandleHands;
import dev.interdict.agent.platform.handles.quarantine.HandleQuarantine;
import dev.interdict.agent.platform.handles.quarantine.Homes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/// Work on a Windows or macOS machine below a root, one piece at a time, as [LinuxBench] does it.
/// Thread-safe.
final class HandleBench implements Bench {
  private final Path root;
  private final Disk disk;
  private final HandleQuarantine quarantine;
  private final Programs programs;
  private final People people;
  private final Supplier<Optional<String>> hindrance;
  private final ReentrantLock atWork = new ReentrantLock();

  /// Whose files are whose, as the machine is now. Seam.
  interface People {
    Homes of(Opened root) throws DiskException;
  }

  /// @param hindrance why nothing may be taken now, if there is a reason
  HandleBench(
      Path root,
      Disk disk,
      HandleQuarantine quarantine,
      Programs programs,
      People people,
      Supplier<Optional<String>> hindrance) {
    this.root = root;
    this.disk = disk;
    this.quarantine = quarantine;
    this.programs = programs;
    this.people = people;
    this.hindrance = hindrance;
  }

  @Override
  public <T> T at(Function<Hands, T> work) throws IOException {
    atWork.lock();
    try (var opened = disk.root(root)) {
      var homes = people.of(opened);
      return work.apply(
          new HandleHands(quarantine, opened, homes, new Stopping(programs), hindrance));
    } finally {
      atWork.unlock();
    }
  }
}
