package dev.interdict.agent.platform.handles.quarantine;

import dev.interdict.agent.enforce.HeldId;
import dev.interdict.agent.enforce.Journal;
import dev.interdict.agent.enforce.Steps;
import dev.interdict.agent.platform.handles.Disk;
import dev.interdict.agent.platform.handles.Opened;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// The quarantine's own folder: `held` for what was taken, `work` for copies in the making, and the
/// journal. Checked at each start by the disk: nobody but us may enter it.
record Vault(Opened folder, Opened held, Opened work, Journal journal, String us)
    implements AutoCloseable {

  /// Opens the quarantine, creating it where there is none.
  ///
  /// @param journal where the journal's file is
  /// @throws IOException if somebody else could reach into it; enforcement must not start then
  static Vault open(Disk disk, Path path, Path journal, Steps steps) throws IOException {
    var folder = disk.ours(path);
    try {
      return new Vault(
          folder,
          disk.ours(folder, "held".getBytes(StandardCharsets.US_ASCII)),
          disk.ours(folder, "work".getBytes(StandardCharsets.US_ASCII)),
          Journal.open(journal, steps),
          disk.look(folder).owner());
    } catch (IOException e) {
      folder.close();
      throw e;
    }
  }

  static byte[] name(HeldId id) {
    return id.text().getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    held.close();
    work.close();
    folder.close();
    try {
      journal.close();
    } catch (IOException _) {
      // Every record was forced to disk when it was appended.
    }
  }
}
