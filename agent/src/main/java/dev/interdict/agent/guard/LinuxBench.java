package dev.interdict.agent.guard;

import dev.interdict.agent.enforce.Hands;
import dev.interdict.agent.platform.linux.LinuxMachine;
import dev.interdict.agent.platform.linux.LinuxProcesses;
import dev.interdict.agent.platform.linux.Stopping;
import dev.interdict.agent.platform.linux.quarantine.LinuxHands;
import dev.interdict.agent.platform.linux.quarantine.Quarantine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;

/// Work on a Linux machine below a root.
record LinuxBench(Path root, Quarantine quarantine, LinuxProcesses processes) implements Bench {
  @Override
  public <T> T at(Function<Hands, T> work) throws IOException {
    try (var machine = LinuxMachine.open(root, processes)) {
      return work.apply(new LinuxHands(quarantine, machine, new Stopping(processes)));
    }
  }
}
