package dev.interdict.server.evidence;

import dev.interdict.server.csv.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Rows of one kind, read page by page, so that neither a reader of the database nor memory is held
/// by a long table.
///
/// @param columns the names of the values of a row
/// @param page the rows after one, at most so many; after null the first
/// @param values of a row
record Table<T>(
    List<String> columns, Page<T> page, Function<T, List<? extends @Nullable Object>> values) {
  static final int ROWS = 1_000;
  private static final String LINE = "\r\n";

  /// Reads rows.
  @FunctionalInterface
  interface Page<T> {
    List<T> after(@Nullable T last, int most);
  }

  /// Learns of rows before they are written.
  @FunctionalInterface
  interface Shown<T> {
    void rows(List<T> rows);
  }

  /// Writes all of them as CSV.
  ///
  /// @param turns of which one is had while a page is read, and none while it is written
  void writeTo(OutputStream out, Semaphore turns, Shown<T> shown) throws IOException {
    write(out, CsvWriter.record(columns));
    T last = null;
    List<T> rows;
    do {
      turns.acquireUninterruptibly();
      try {
        rows = page.after(last, ROWS);
      } finally {
        turns.release();
      }
      shown.rows(rows);
      for (var row : rows) {
        write(out, CsvWriter.record(values.apply(row)));
        last = row;
      }
    } while (rows.size() == ROWS);
  }

  private static void write(OutputStream out, String record) throws IOException {
    out.write((record + LINE).getBytes(StandardCharsets.UTF_8));
  }
}
