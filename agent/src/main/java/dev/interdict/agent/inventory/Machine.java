package dev.interdict.agent.inventory;

import java.util.List;

/// The machine as sources see it: its homes and its own tree, both read safely. Seam: one
/// implementation per operating system, rooted at `/` or at the directory given by `--root`.
public interface Machine extends AutoCloseable {

  /// A home together with the tree that reads it. Paths given to the tree are absolute below the
  /// machine's root, and must lie in the home.
  record HomeTree(Home home, Tree tree) {}

  /// The homes that can be looked at.
  List<HomeTree> homes();

  /// The machine-wide tree, whose links are followed where they are the system's own.
  Tree system();

  /// All processes whose executable or script lies below the root; an executable elsewhere is left
  /// out of such a process.
  ///
  /// @throws UnreadableException if the process list cannot be read
  List<RunningProcess> processes() throws UnreadableException;

  /// Homes that exist and could not be opened at all.
  List<Gap> unopened();

  @Override
  void close();
}
