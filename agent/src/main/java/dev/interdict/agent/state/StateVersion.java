package dev.interdict.agent.state;

import dev.interdict.trust.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
  /// where an older one, or none, stands. What tells no version is damage and no newer agent's: it
  /// is set aside, so that a broken disk does not end the guard.
  ///
  /// @throws IOException if a newer agent has written it; nothing is changed then
  static void settle(Path folder) throws IOException {
    var file = folder.resolve("state-version");
    var there = told(file);
    if (there < 0) {
      Obstacles.aside(file);
    }
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

  /// The version in the file, 0 where there is none, -1 where it tells none.
  private static int told(Path file) throws IOException {
    if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
      return 0;
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return -1;
    }
    var bytes = DurableFile.read(file, MOST_BYTES);
    var text = bytes == null ? "" : new String(bytes, StandardCharsets.US_ASCII).strip();
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
  }
}
