package dev.interdict.agent.cli;

import dev.interdict.agent.platform.windows.kernel.StateFolder;
import dev.interdict.agent.state.StateDirectory;
import dev.interdict.agent.state.ThisDevice;
import dev.interdict.policy.OperatingSystem;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where the agent keeps its folder when nobody says otherwise: the machine's on Windows and for
/// root, else the user's own.
final class DefaultPlaces {
  private DefaultPlaces() {}

  static Path state() {
    if (ThisDevice.system() == OperatingSystem.WINDOWS) {
      return StateFolder.path();
    }
    if (System.getProperty("user.name", "").equals("root")) {
      return StateDirectory.MACHINE;
    }
    var xdg = System.getenv("XDG_STATE_HOME");
    var base =
        xdg == null || xdg.isBlank()
            ? Path.of(System.getProperty("user.home"), ".local", "state")
            : Path.of(xdg);
    return base.resolve("interdict-agent");
  }

  /// Where to ask: the folder of the user's own guard if one runs, else the machine's.
  static Path asked() {
    var own = state();
    if (ThisDevice.system() == OperatingSystem.WINDOWS) {
      return own;
    }
    return Files.exists(new StateDirectory(own).socket()) ? own : StateDirectory.MACHINE;
  }
}
