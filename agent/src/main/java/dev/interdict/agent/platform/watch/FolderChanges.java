package dev.interdict.agent.platform.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/// Tells that names came to folders or left them, without looking at the disk in between. Seam:
/// each operating system's own, and one of the JDK's.
public interface FolderChanges extends AutoCloseable {

  /// Listens to one more folder; what changes in folders within it does not count.
  ///
  /// @throws IOException if it cannot be listened to
  void add(Path folder) throws IOException;

  /// Waits until something changed, at most so long.
  ///
  /// @return the folders that changed; all of them where the system has lost count, none after that
  ///   time or once this was closed
  Set<Path> await(Duration limit) throws IOException, InterruptedException;

  /// Ends a wait that is under way, from any thread.
  @Override
  void close();

  /// How to listen anew.
  interface Ears {
    FolderChanges open() throws IOException;
  }
}
