package dev.interdict.agent.platform.linux.watch;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.agent.platform.linux.LinuxProcesses;
import dev.interdict.agent.platform.linux.Stopping;
import dev.interdict.agent.platform.watch.Follower;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The processes of Linux, as they are followed.
final class Followed implements Follower.Processes {
  private final LinuxProcesses processes;
  private final Stopping stopping;

  /// @throws IOException if the programs that the machine needs cannot be told
  Followed(LinuxProcesses processes) throws IOException {
    this.processes = processes;
    this.stopping = new Stopping(processes);
  }

  @Override
  public Collection<Long> pids() throws IOException {
    return processes.pids();
  }

  @Override
  public @Nullable RunningProcess find(long pid) throws IOException {
    return processes.find(pid);
  }

  @Override
  public Outcome stop(FileId file, Duration grace) {
    return stopping.stop(Set.of(file), grace);
  }
}
