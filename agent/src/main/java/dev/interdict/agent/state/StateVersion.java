package dev.interdict.agent.state;

import dev.interdict.trust.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Which layout the agent's folder has, in a file of its own, so that the state says it whatever
/// program is installed. The scripts of the packages read it too, before they lay anything down.
public final class StateVersion {
  /// What this agent writes and the latest that it reads. Raised when an older agent could not read
  /// what a newer one has written.
  public static final int KNOWN = 1;

  private static final int MOST_BYTES = 16;

  private StateVersion() {}

  /// Makes sure that this agent understands what is in `folder`, and writes its own version down
  /// where an older one, or none, stands.
  ///
  /// @throws IOException if a newer agent has written it, or the file cannot be understood; nothing
  ///   is changed then
  static void settle(Path folder) throws IOException {
    var file = folder.resolve("state-version");
    var bytes = DurableFile.read(file, MOST_BYTES);
    var text = bytes == null ? "0" : new String(bytes, StandardCharsets.US_ASCII).strip();
    if (!text.matches("[0-9]{1,9}")) {
      throw new IOException(
          file + " does not tell a version; write the one of the agent that used this folder last");
    }
    var there = Integer.parseInt(text);
    if (there > KNOWN) {
      throw new IOException(
          "a newer agent has written what is in "
              + folder
              + " (its state is of version "
              + there
              + ", this agent knows "
              + KNOWN
              + "); nothing was changed: install the newer one again");
    }
    if (there < KNOWN) {
      DurableFile.write(file, (KNOWN + "\n").getBytes(StandardCharsets.US_ASCII));
    }
  }
}
