package dev.interdict.agent.platform.macos.kernel;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.platform.handles.DiskException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Whether macOS lets this program see all of everybody's home. Without that even root is refused
/// whole folders, and what is not seen must not be called clean.
///
/// The system has no call for it. What only a program with Full Disk Access may open is its own
/// database of such grants; opening it changes nothing.
public final class FullDiskAccess {
  private static final String PLACE = "/Library/Application Support/com.apple.TCC/TCC.db";

  private FullDiskAccess() {}

  /// Tries it; what cannot be told is not granted.
  public static boolean granted() {
    try (var file = MacKernel.open(PLACE.getBytes(StandardCharsets.UTF_8), MacKernel.O_RDONLY)) {
      return MacFd.of(file) >= 0;
    } catch (DiskException e) {
      return false;
    }
  }

  /// What a scan has to say: nothing, or that it was half blind.
  public static List<Gap> gaps(boolean granted) {
    return granted
        ? List.of()
        : List.of(
            Gap.of(
                "homes",
                new UnreadableException(
                    Reason.DENIED,
                    BytePath.parse("/Users"),
                    "no Full Disk Access; grant it to interdict-agent by a privacy profile")));
  }
}
