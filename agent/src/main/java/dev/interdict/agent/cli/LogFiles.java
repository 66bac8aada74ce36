package dev.interdict.agent.cli;

import dev.interdict.agent.platform.windows.ServiceLog;
import dev.interdict.agent.state.ThisDevice;
import dev.interdict.policy.OperatingSystem;
import dev.interdict.support.Bundle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The agent's log where it lies in files: what launchd writes on macOS, and on Windows the service
/// host (procrun) in the folder beside the program. Both are open to administrators alone.
///
/// @param folder where they lie
record LogFiles(Path folder) {
  private static final Path MACOS = Path.of("/Library/Logs/Interdict");

  /// Of each file its end, of the newest files.
  static final int MOST_BYTES = 2 << 20;

  private static final int MOST_FILES = 6;

  /// Where they lie on this system.
  static LogFiles ofThisSystem() {
    return new LogFiles(ThisDevice.system() == OperatingSystem.MACOS ? MACOS : ServiceLog.folder());
  }

  /// Puts their ends into the bundle, the newest files first.
  ///
  /// @return whether there was one, and all could be read
  boolean into(Bundle bundle) {
    List<Path> files;
    try (var all = Files.list(folder)) {
      files =
          all.filter(file -> file.toString().endsWith(".log"))
              .sorted((one, other) -> modified(other).compareTo(modified(one)))
              .limit(MOST_FILES)
              .toList();
    } catch (IOException e) {
      bundle.missing("log.txt", folder + " cannot be read by this account, or is not here");
      return false;
    }
    if (files.isEmpty()) {
      bundle.missing("log.txt", folder + " holds no log");
      return false;
    }
    var whole = true;
    for (var file : files) {
      var name = "log/" + file.getFileName();
      try {
        bundle.text(name, end(file));
      } catch (IOException e) {
        bundle.missing(name, e.getClass().getSimpleName() + " " + e.getMessage());
        whole = false;
      }
    }
    return whole;
  }

  private static Long modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      return 0L;
    }
  }

  private static String end(Path file) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      var skipped = Math.max(0, channel.size() - MOST_BYTES);
      channel.position(skipped);
      var bytes = ByteBuffer.allocate((int) (channel.size() - skipped));
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // On, until it is read.
      }
      var text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
      // The first line is cut.
      return skipped == 0 ? text : text.substring(text.indexOf('\n') + 1);
    }
  }
}
