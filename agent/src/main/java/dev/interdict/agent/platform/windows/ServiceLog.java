package dev.interdict.agent.platform.windows;

import com.sun.jna.platform.win32.KnownFolders;
import com.sun.jna.platform.win32.Shell32Util;
import java.nio.file.Path;

/// Where the service host writes its log and what the agent says: a folder of the package's, which
/// only the system and administrators enter. Not run on Windows so far.
public final class ServiceLog {
  private ServiceLog() {}

  /// Such as `C:\Program Files\Interdict Agent\log`, as Windows says, whatever an environment
  /// claims.
  public static Path folder() {
    return Path.of(
        Shell32Util.getKnownFolderPath(KnownFolders.FOLDERID_ProgramFiles),
        "Interdict Agent",
        "log");
  }
}
