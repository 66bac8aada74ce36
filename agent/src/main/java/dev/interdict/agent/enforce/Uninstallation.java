package dev.interdict.agent.enforce;

import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.Part;
import java.util.List;
import java.util.Set;

/// The removal of one package by its manager, rehearsed and not yet carried out. Until it is closed
/// the numbers of the package's programs are given to no other file, so that they still mean these
/// programs when they are gone. Not thread-safe.
public interface Uninstallation extends AutoCloseable {

  /// What it would come to: [Outcome.Done] where this package would go and nothing else,
  /// [Outcome.AlreadyDone] where it is not installed; otherwise why it may not go, with the names
  /// of what needs it.
  Outcome forecast();

  /// The regular files of the package, as they are before it goes. Empty where it may not go.
  List<Part> files();

  /// Those of the files that an interpreter runs now: they can be told from others only while they
  /// are in their place.
  Set<FileId> scripts();

  /// Has the manager remove the package, and asks it afterwards whether it did. Waits for other
  /// work of the manager and for scripts of the package only so long.
  Outcome carryOut();

  /// The programs that have gone with the package. What is still in its place afterwards was not
  /// its alone.
  Set<FileId> programs();

  @Override
  void close();
}
