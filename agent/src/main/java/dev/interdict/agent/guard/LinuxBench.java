package dev.interdict.agent.guard;

import dev.interdict.agent.enforce.Hands;
import dev.interdict.agent.platform.linux.LinuxMachine;
import dev.interdict.agent.platform.linux.LinuxProcesses;
import dev.interdict.agent.platform.linux.Stopping;
import dev.interdict.agent.platform.linux.quarantine.LinuxHands;
import dev.interdict.agent.platform.linux.quarantine.Quarantine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// Work on a Linux machine below a root. One piece of work at a time, whoever asks: the journal has
/// one writer, and hands that are made while others are at work would take what these have begun
/// for the remains of a crash. Thread-safe. Whoever waits longest comes next, so that nobody who
/// asks without end keeps the others out.
final class LinuxBench implements Bench {
  private final Path root;
  private final Quarantine quarantine;
  private final LinuxProcesses processes;
  private final ReentrantLock atWork = new ReentrantLock(true);

  LinuxBench(Path root, Quarantine quarantine, LinuxProcesses processes) {
    this.root = root;
    this.quarantine = quarantine;
    this.processes = processes;
  }

  @Override
  public <T> T at(Function<Hands, T> work) throws IOException {
    atWork.lock();
    try (var machine = LinuxMachine.open(root, processes)) {
      return work.apply(new LinuxHands(quarantine, machine, new Stopping(processes)));
    } finally {
      atWork.unlock();
    }
  }
}
