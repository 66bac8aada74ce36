package dev.interdict.agent.sources.reading;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileFact;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads files in pieces that another program may be writing: what was read counts only if the
/// files are the same afterwards.
public final class Steady {
  private static final int TRIES = 3;

  private Steady() {}

  /// One reading from the start, which keeps nothing of an earlier one.
  @FunctionalInterface
  public interface Reading<T> {
    T read() throws UnreadableException;
  }

  /// What `reading` gives while none of the files changes, tried a few times.
  ///
  /// @param files all that belong together, present or not
  /// @throws UnreadableException what the reading throws on files that stand still, or that they
  ///   never did
  public static <T> T read(Tree tree, List<BytePath> files, Reading<T> reading)
      throws UnreadableException {
    for (var i = 0; i < TRIES; i++) {
      var before = facts(tree, files);
      try {
        var result = reading.read();
        if (facts(tree, files).equals(before)) {
          return result;
        }
      } catch (UnreadableException e) {
        if (facts(tree, files).equals(before)) {
          throw e;
        }
      }
    }
    throw new UnreadableException(Reason.IO, files.getFirst(), "changes while it is read");
  }

  private static List<@Nullable FileFact> facts(Tree tree, List<BytePath> files)
      throws UnreadableException {
    var facts = new ArrayList<@Nullable FileFact>();
    for (var file : files) {
      facts.add(tree.stat(file));
    }
    return facts;
  }
}
