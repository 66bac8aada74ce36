package dev.interdict.agent.platform.windows.kernel;

import com.sun.jna.platform.win32.KnownFolders;
import com.sun.jna.platform.win32.Shell32Util;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.platform.handles.Disk;
import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.agent.platform.handles.Node;
import dev.interdict.agent.platform.handles.Opened;
import dev.interdict.agent.platform.handles.Trouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The agent's own folder on Windows. It lies where everybody may make folders, so somebody may
/// have made one of its name before: that one is set aside, never used. Threat: security.md T36.
public final class StateFolder {
  private static final String NAME = "Interdict";
  private static final int MOST_PLANTED = 100;
  private static final Set<String> OURS = Set.of(Owners.SYSTEM, Owners.ADMINISTRATORS);

  private StateFolder() {}

  /// Such as `C:\ProgramData\Interdict`, as Windows says, whatever an environment claims.
  public static Path path() {
    return Path.of(Shell32Util.getKnownFolderPath(KnownFolders.FOLDERID_ProgramData), NAME);
  }

  /// Sees to it that the folder is there and is SYSTEM's and Administrators' alone.
  ///
  /// @throws IOException if it cannot be so; nothing may be written below it then
  public static void prepare(Path folder) throws IOException {
    var above = folder.getParent();
    if (above == null) {
      throw new IOException("the state folder cannot be the root of a drive: " + folder);
    }
    try (var parent = Win32Open.folder(above, NtOpen.READ_DATA | NtOpen.APPEND_DATA)) {
      prepare(new NtDisk(), parent, String.valueOf(folder.getFileName()));
    } catch (DiskException e) {
      throw new IOException("cannot make " + folder + ": " + e.getMessage(), e);
    }
  }

  static void prepare(Disk disk, Opened parent, String name) throws IOException {
    var there = look(disk, parent, name);
    if (there != null && (!OURS.contains(there.owner()) || there.kind() != FileKind.DIRECTORY)) {
      setAside(disk, parent, name, there);
    }
    // Made with its access list, or looked at through its handle: what changes meanwhile is found.
    disk.ours(parent, utf8(name)).close();
  }

  private static @Nullable Node look(Disk disk, Opened parent, String name) throws DiskException {
    try {
      return disk.look(parent, utf8(name));
    } catch (DiskException e) {
      if (e.trouble() == Trouble.ABSENT) {
        return null;
      }
      throw e;
    }
  }

  private static void setAside(Disk disk, Opened parent, String name, Node there)
      throws IOException {
    for (var i = 1; i <= MOST_PLANTED; i++) {
      try {
        disk.move(parent, utf8(name), parent, utf8(name + ".not-ours-" + i));
        return;
      } catch (DiskException e) {
        if (e.trouble() != Trouble.OCCUPIED) {
          throw new IOException(
              "a folder of "
                  + there.owner()
                  + " is in the place of the agent's own, "
                  + name
                  + ", and cannot be set aside; remove it: "
                  + e.getMessage(),
              e);
        }
      }
    }
    throw new IOException("too many folders named " + name + ".not-ours-; remove them");
  }

  private static byte[] utf8(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }
}
