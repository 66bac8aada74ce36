package dev.interdict.agent.cli;

import dev.interdict.agent.cli.DoctorCommand.Check;
import dev.interdict.agent.platform.linux.desktop.DesktopLook;
import dev.interdict.agent.state.StateDirectory;
import dev.interdict.agent.state.ThisDevice;
import dev.interdict.policy.OperatingSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a command can see of this computer without asking the guard.
final class Surroundings {
  /// Below this, moving a tool into quarantine across file systems may fail.
  private static final long LEAST_FREE = 200L << 20;

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private Surroundings() {}

  static List<Check> checks(StateDirectory state, Map<String, String> environment) {
    var checks = new ArrayList<Check>();
    var account = account(System.getProperty("user.name", ""));
    checks.add(new Check("account", true, account));
    if (ThisDevice.system() == OperatingSystem.LINUX) {
      desktop(account, environment, checks);
    }
    checks.add(disk(state.path()));
    return checks;
  }

  /// Java says `?` of an account that has a number and no name, as in many containers.
  static String account(String name) {
    try {
      return name.equals("?")
          ? "uid " + Files.getAttribute(Path.of("/proc/self"), "unix:uid")
          : name;
    } catch (IOException | UnsupportedOperationException e) {
      return name;
    }
  }

  private static void desktop(String account, Map<String, String> environment, List<Check> checks) {
    switch (DesktopLook.at(environment, PATIENCE)) {
      // An administrator asks from a terminal, and root is never whom a notice is for.
      case NO_SESSION, NO_ANSWER ->
          checks.add(
              account.equals("root")
                  ? new Check("root-session", true, "")
                  : new Check("session", false, ""));
      case NO_SERVICE -> {
        checks.add(new Check("session", true, ""));
        checks.add(new Check("notifications", false, ""));
      }
      case READY -> {
        checks.add(new Check("session", true, ""));
        checks.add(new Check("notifications", true, ""));
      }
    }
  }

  /// The file system of the folder, or of the nearest one above that we may see.
  private static Check disk(Path folder) {
    for (var path = folder; path != null; path = path.getParent()) {
      if (Files.exists(path)) {
        try {
          var free = Files.getFileStore(path).getUsableSpace();
          return new Check("disk", free >= LEAST_FREE, (free >> 20) + " MiB");
        } catch (IOException e) {
          return new Check("disk", false, path.toString());
        }
      }
    }
    return new Check("disk", false, folder.toString());
  }
}
