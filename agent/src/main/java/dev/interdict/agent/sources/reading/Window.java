package dev.interdict.agent.sources.reading;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import java.util.Arrays;

/// Looks at a large file through a small window: each read takes a little more than was asked for,
/// so that what lies together costs one read, and never the whole file. Not thread-safe.
public final class Window {
  private static final int LEAST = 16 << 10;

  private final Tree tree;
  private final BytePath file;
  private long start;
  private byte[] seen = {};

  public Window(Tree tree, BytePath file) {
    this.tree = tree;
    this.file = file;
  }

  /// Exactly the bytes that lie there.
  ///
  /// @throws UnreadableException as [Tree#range], and where the file ends before
  public byte[] at(long offset, int length) throws UnreadableException {
    if (offset < 0 || length < 0) {
      throw Metadata.malformed(file, "points before its beginning");
    }
    if (offset < start || offset + length > start + seen.length) {
      var piece = tree.range(file, offset, Math.max(length, LEAST));
      if (piece == null || piece.length < length) {
        throw Metadata.malformed(file, "ends before what it points to");
      }
      start = offset;
      seen = piece;
    }
    var from = (int) (offset - start);
    return Arrays.copyOfRange(seen, from, from + length);
  }
}
