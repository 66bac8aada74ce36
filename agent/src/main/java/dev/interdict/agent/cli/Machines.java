package dev.interdict.agent.cli;

import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.platform.linux.LinuxMachine;
import dev.interdict.agent.processes.OshiProcesses;
import java.io.IOException;
import java.nio.file.Path;

/// Opens the machine that a command is to look at.
@FunctionalInterface
interface Machines {
  /// @param root `/`, or the directory given by `--root`
  /// @throws IOException if there is no such directory, or none that this system can read safely
  Machine of(Path root) throws IOException;

  /// The machine of the system that this runs on.
  static Machine open(Path root) throws IOException {
    var system = System.getProperty("os.name", "");
    if (!system.equals("Linux")) {
      throw new IOException(
          "there is no way yet to read files safely on " + system + "; run the scan on Linux");
    }
    return LinuxMachine.open(root, OshiProcesses::running);
  }
}
