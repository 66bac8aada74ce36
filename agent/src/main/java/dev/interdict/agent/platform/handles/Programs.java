package dev.interdict.agent.platform.handles;

import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.platform.ProcessTable;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The running processes of a system, and how one of them is held and ended. Seam: Windows, macOS,
/// and a table in memory for tests. Thread-safe.
public interface Programs extends ProcessTable {
  /// The numbers of all that run now; costs next to nothing.
  ///
  /// @throws UnreadableException if there is no telling
  Set<Long> pids() throws UnreadableException;

  /// Takes hold of the process that has this number now; null where there is none.
  ///
  /// @throws IOException if it may not be held
  @Nullable Program hold(long pid) throws IOException;

  /// The system's first processes, ourselves and those who started us.
  Set<Long> spared() throws IOException;

  /// The files of programs without which the machine does not run, under whatever name.
  Set<FileId> needed();

  /// One process, held: a number that is given to another one meanwhile means nothing to it.
  interface Program extends AutoCloseable {
    /// What it is, looked at after it was held.
    RunningProcess process();

    /// Whether it executes one of these files, by the system's own word.
    boolean runs(Set<FileId> files) throws IOException;

    /// Asks it to end, where the system has such a thing.
    void ask() throws IOException;

    /// Ends it; nothing happens where it has ended.
    void end() throws IOException;

    /// Waits until it has ended, at most so long.
    boolean ended(Duration limit) throws IOException;

    @Override
    void close();
  }
}
