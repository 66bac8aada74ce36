package dev.interdict.agent.cli;

import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.platform.linux.LinuxMachine;
import dev.interdict.agent.platform.macos.kernel.FullDiskAccess;
import dev.interdict.agent.platform.portable.PortableMachine;
import dev.interdict.agent.platform.windows.LiveRegistry;
import dev.interdict.agent.processes.KernelProcesses;
import dev.interdict.agent.processes.OshiProcesses;
import dev.interdict.agent.sources.windows.HiveFiles;
import dev.interdict.agent.sources.windows.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Opens the machine that a command is to look at.
@FunctionalInterface
interface Machines {
  /// @param root `/`, or the directory given by `--root`
  /// @throws IOException if there is no such directory, or none that this system can read safely
  Machine of(Path root) throws IOException;

  /// The machine of the system that this runs on: on Linux by its own calls, elsewhere by Java's.
  static Machine open(Path root) throws IOException {
    return system().equals("Linux")
        ? LinuxMachine.open(root, KernelProcesses::running)
        : PortableMachine.open(root, OshiProcesses::running, blindness(root));
  }

  /// What macOS keeps from a program that was not granted it, on a Mac that looks at itself.
  private static List<Gap> blindness(Path root) throws IOException {
    var itself = system().startsWith("Mac") && root.toRealPath().getNameCount() == 0;
    return FullDiskAccess.gaps(!itself || FullDiskAccess.granted());
  }

  /// The registry of what is inspected: the running one for a Windows that looks at itself, else
  /// what lies in files, if anything does.
  static Registry registry(Path root) throws IOException {
    var itself = system().startsWith("Windows") && root.toRealPath().getNameCount() == 0;
    return itself ? new LiveRegistry() : new HiveFiles();
  }

  private static String system() {
    return System.getProperty("os.name", "");
  }
}
