package dev.interdict.agent.sources.sqlite;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Steady;
import dev.interdict.agent.sources.reading.Window;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An SQLite database file together with its write-ahead log, read page by page and never whole
/// ([file format](https://www.sqlite.org/fileformat2.html)).
///
/// Takes no lock, so that it can hold up nobody: what was read counts only if the files were the
/// same before and after. A rollback journal that a writer has left or is using makes the database
/// unreadable. Does not read tables without row ids, and no encrypted ones. Not thread-safe.
public final class Database {
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] JOURNAL_MAGIC = {
    (byte) 0xd9, (byte) 0xd5, 0x05, (byte) 0xf9, 0x20, (byte) 0xa1, 0x63, (byte) 0xd7
  };
  private static final int HEADER = 100;

  private final BytePath file;
  private final Window window;
  private final @Nullable WriteAheadLog log;
  private final Window logWindow;
  private final int pageSize;
  private final int usable;
  private final long pages;
  private final Charset encoding;

  /// Learns of each row of a table, in the order of their row ids.
  @FunctionalInterface
  public interface Rows<T extends @Nullable Object> {
    /// @return what to keep of it
    T row(Row row) throws UnreadableException;
  }

  private Database(Tree tree, BytePath file, long length) throws UnreadableException {
    this.file = file;
    this.window = new Window(tree, file);
    var logFile = beside(file, "-wal");
    this.log = WriteAheadLog.read(tree, logFile);
    this.logWindow = new Window(tree, logFile);
    var first = log == null ? null : log.frames().get(1);
    var header = first == null ? window.at(0, HEADER) : logWindow.at(first, HEADER);
    if (!Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw malformed("is no SQLite database");
    }
    var fields = ByteBuffer.wrap(header);
    var size = fields.getShort(16) & 0xffff;
    this.pageSize = size == 1 ? 65536 : size;
    this.usable = pageSize - (header[20] & 0xff);
    if (!Page.validSize(pageSize) || usable < 480 || log != null && log.pageSize() != pageSize) {
      throw malformed("has pages of no valid size");
    }
    this.pages = log == null ? length / pageSize : Integer.toUnsignedLong(log.pages());
    this.encoding =
        switch (fields.getInt(56)) {
          case 2 -> StandardCharsets.UTF_16LE;
          case 3 -> StandardCharsets.UTF_16BE;
          default -> StandardCharsets.UTF_8;
        };
  }

  /// What the visitor keeps of a table's rows; empty where there is no such file, which a caller
  /// that expects one has to tell from a table without rows.
  ///
  /// @param file no component of whose path is a link
  /// @throws UnreadableException if the database cannot be read to its end, has no such table, or
  ///   keeps changing
  public static <T extends @Nullable Object> List<T> rows(
      Tree tree, BytePath file, String table, Rows<T> rows) throws UnreadableException {
    var journal = beside(file, "-journal");
    return Steady.read(
        tree,
        List.of(file, beside(file, "-wal"), journal),
        () -> {
          var fact = tree.stat(file);
          if (fact == null) {
            return List.of();
          }
          var begun = tree.range(journal, 0, JOURNAL_MAGIC.length);
          if (Arrays.equals(begun, JOURNAL_MAGIC)) {
            throw new UnreadableException(Reason.IO, file, "a change to it is not finished");
          }
          var database = new Database(tree, file, fact.size());
          var kept = new ArrayList<T>();
          new Table(database, database.root(table)).rows(row -> kept.add(rows.row(row)));
          return kept;
        });
  }

  private static BytePath beside(BytePath file, String suffix) {
    var name = file.name();
    var end = suffix.getBytes(StandardCharsets.US_ASCII);
    var whole = Arrays.copyOf(name, name.length + end.length);
    System.arraycopy(end, 0, whole, name.length, end.length);
    return file.parent().resolve(whole);
  }

  /// The first page of a table, from the schema table on page 1: type, name, tbl_name, rootpage.
  private int root(String table) throws UnreadableException {
    var found = new ArrayList<Long>();
    new Table(this, 1)
        .rows(row -> {
          if ("table".equals(row.text(0)) && table.equals(row.text(1))) {
            found.add(row.number(3));
          }
        });
    if (found.size() != 1 || found.getFirst() < 2 || found.getFirst() > pages) {
      throw malformed("has no table of that name");
    }
    return found.getFirst().intValue();
  }

  byte[] page(long number) throws UnreadableException {
    if (number < 1 || number > pages) {
      throw malformed("points to a page that it does not have");
    }
    var frame = log == null ? null : frame(log.frames(), number);
    return frame == null
        ? window.at((number - 1) * pageSize, pageSize)
        : logWindow.at(frame, pageSize);
  }

  private static @Nullable Long frame(Map<Integer, Long> frames, long number) {
    return frames.get((int) number);
  }

  Page treePage(int number) throws UnreadableException {
    var bytes = page(Integer.toUnsignedLong(number));
    return new Page(number, bytes, number == 1 ? HEADER : 0);
  }

  /// Bytes of a page that hold content.
  int usable() {
    return usable;
  }

  long pages() {
    return pages;
  }

  Charset encoding() {
    return encoding;
  }

  UnreadableException malformed(String why) {
    return Metadata.malformed(file, why);
  }
}
