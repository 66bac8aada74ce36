package dev.interdict.agent.sources.windows;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Metadata;
import java.util.LinkedHashMap;
import java.util.Map;

/// Pieces of a hive file, which may be far larger than what is read of it: page by page, the pages
/// used last kept. Numbers are little-endian. Not thread-safe.
final class HiveBytes {
  private static final int PAGE = 16 << 10;
  private static final int MOST_PAGES = 512;

  private final Tree tree;
  private final BytePath file;
  private final Map<Long, byte[]> pages =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
          return size() > MOST_PAGES;
        }
      };

  HiveBytes(Tree tree, BytePath file) {
    this.tree = tree;
    this.file = file;
  }

  BytePath file() {
    return file;
  }

  /// @throws UnreadableException if the file ends before, or cannot be read
  byte[] bytes(long offset, int length) throws UnreadableException {
    var bytes = new byte[length];
    for (var done = 0; done < length; ) {
      var at = offset + done;
      var page = page(at / PAGE);
      var from = (int) (at % PAGE);
      var some = Math.min(length - done, page.length - from);
      if (some <= 0) {
        throw broken("ends before what it refers to");
      }
      System.arraycopy(page, from, bytes, done, some);
      done += some;
    }
    return bytes;
  }

  private byte[] page(long number) throws UnreadableException {
    var kept = pages.get(number);
    if (kept != null) {
      return kept;
    }
    var read = tree.range(file, number * PAGE, PAGE);
    if (read == null) {
      throw broken("is gone");
    }
    pages.put(number, read);
    return read;
  }

  UnreadableException broken(String why) {
    return Metadata.malformed(file, why);
  }
}
