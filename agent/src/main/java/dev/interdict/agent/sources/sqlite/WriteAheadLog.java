package dev.interdict.agent.sources.sqlite;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The pages that a database's log (`…-wal`) has newer than the database itself, found as SQLite
/// recovers them: frames count while their salts are the log's and their checksums follow from all
/// before, and only up to the last one that ends a transaction (file format, section 4).
///
/// @param pageSize in bytes
/// @param pages how many pages the database has after the log
/// @param frames where the newest content of a page begins in the log
record WriteAheadLog(int pageSize, int pages, Map<Integer, Long> frames) {
  private static final int HEADER = 32;
  private static final int FRAME = 24;
  private static final long MOST_BYTES = 512L << 20;

  /// The log of a database; null where there is none that says anything.
  static @Nullable WriteAheadLog read(Tree tree, BytePath log) throws UnreadableException {
    var fact = tree.stat(log);
    if (fact == null || fact.size() < HEADER) {
      return null;
    }
    if (fact.size() > MOST_BYTES) {
      throw new UnreadableException(Reason.TOO_LARGE, log, "longer than " + MOST_BYTES + " bytes");
    }
    var header = tree.range(log, 0, HEADER);
    return header == null || header.length < HEADER ? null : new Reading(tree, log, header).all();
  }

  /// Goes through the frames once.
  private static final class Reading {
    private final Tree tree;
    private final BytePath log;
    private final ByteBuffer header;
    private final ByteOrder order;
    private final int pageSize;
    private int sum0;
    private int sum1;

    Reading(Tree tree, BytePath log, byte[] header) {
      this.tree = tree;
      this.log = log;
      this.header = ByteBuffer.wrap(header);
      this.order =
          (this.header.getInt(0) & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
      this.pageSize = this.header.getInt(8);
    }

    @Nullable WriteAheadLog all() throws UnreadableException {
      sum(header, 0, 24);
      if ((header.getInt(0) & ~1) != 0x377f0682
          || header.getInt(4) != 3_007_000
          || !Page.validSize(pageSize)
          || sum0 != header.getInt(24)
          || sum1 != header.getInt(28)) {
        return null;
      }
      var frames = new HashMap<Integer, Long>();
      var open = new HashMap<Integer, Long>();
      var pages = 0;
      var step = FRAME + pageSize;
      // Several frames with each look, since all of them have to be summed.
      var atOnce = Math.max(1, (1 << 20) / step);
      for (var at = (long) HEADER; ; at += (long) atOnce * step) {
        var piece = tree.range(log, at, atOnce * step);
        var whole = piece == null ? 0 : piece.length / step;
        for (var i = 0; i < whole; i++) {
          var frame = ByteBuffer.wrap(piece, i * step, step).slice();
          if (!valid(frame)) {
            return of(pages, frames);
          }
          open.put(frame.getInt(0), at + (long) i * step + FRAME);
          if (frame.getInt(4) != 0) {
            pages = frame.getInt(4);
            frames.putAll(open);
            open.clear();
          }
        }
        if (whole < atOnce) {
          return of(pages, frames);
        }
      }
    }

    private @Nullable WriteAheadLog of(int pages, Map<Integer, Long> frames) {
      return frames.isEmpty() ? null : new WriteAheadLog(pageSize, pages, Map.copyOf(frames));
    }

    private boolean valid(ByteBuffer frame) {
      sum(frame, 0, 8);
      sum(frame, FRAME, FRAME + pageSize);
      return frame.getLong(8) == header.getLong(16)
          && frame.getInt(16) == sum0
          && frame.getInt(20) == sum1;
    }

    private void sum(ByteBuffer bytes, int from, int to) {
      bytes.order(order);
      for (var i = from; i < to; i += 8) {
        sum0 += bytes.getInt(i) + sum1;
        sum1 += bytes.getInt(i + 4) + sum0;
      }
      bytes.order(ByteOrder.BIG_ENDIAN);
    }
  }
}
