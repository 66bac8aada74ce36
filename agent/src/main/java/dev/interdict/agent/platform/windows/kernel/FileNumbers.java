package dev.interdict.agent.platform.windows.kernel;

import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.platform.handles.DiskException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Which file a path names now, for looking only. A reparse point at its end is not followed.
public final class FileNumbers {
  private FileNumbers() {}

  /// Volume and number of the file; null where they cannot be had.
  public static @Nullable FileId of(Path path) {
    try (var file = Win32Open.path(path.toString(), NtOpen.READ_ATTRIBUTES)) {
      return Facts.id(NtHandle.of(file));
    } catch (DiskException e) {
      return null;
    }
  }
}
