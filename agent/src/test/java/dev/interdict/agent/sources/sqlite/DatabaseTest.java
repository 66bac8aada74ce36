package dev.interdict.agent.sources.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FolderTree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.sources.Packed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On a database that SQLite wrote: pages of 512 bytes, text in UTF-16, 299 rows.
final class DatabaseTest {
  private static final BytePath FILE = BytePath.parse("/tables.sqlite");

  @TempDir Path root;

  @BeforeEach
  void stand() throws Exception {
    Files.write(root.resolve("tables.sqlite"), Packed.bytes("linux/tables.sqlite"));
  }

  private <T extends @Nullable Object> List<T> rows(String table, Database.Rows<T> rows)
      throws UnreadableException {
    return Database.rows(new FolderTree(root), FILE, table, rows);
  }

  @Test
  void every_row_comes_once_in_the_order_of_its_id() throws Exception {
    var ids = rows("t", Row::id);
    assertEquals(299, ids.size());
    assertEquals(List.of(1L, 2L, 3L, 4L, 6L), ids.subList(0, 5));
    assertEquals(ids.stream().sorted().toList(), ids);
  }

  @Test
  void whole_numbers_of_every_length_are_read() throws Exception {
    var numbers = rows("t", row -> row.number(1));
    assertEquals(List.of(-100_000L, 20_000_000_000L, 0L, 1L, 6L), numbers.subList(0, 5));
    assertEquals(-100_000L * 295, numbers.get(293));
  }

  @Test
  void text_is_read_in_the_databases_encoding_and_over_many_pages() throws Exception {
    var texts = rows("t", row -> Objects.requireNonNull(row.text(2)));
    assertEquals("row 1éééééééé", texts.getFirst());
    var id77 = texts.get(75);
    assertEquals("row 77" + "é".repeat(6000), id77);
  }

  @Test
  void beginning_of_a_long_value_is_read_alone() throws Exception {
    var beginnings =
        rows("t", row -> Objects.requireNonNull(row.bytes(2, 6)).length + ":" + row.length(2));
    assertEquals("6:" + 2 * 6006, beginnings.get(75));
  }

  @Test
  void column_of_another_kind_or_none_gives_nothing() throws Exception {
    assertNull(rows("t", row -> row.text(1)).getFirst());
    assertNull(rows("t", row -> row.bytes(9, 10)).getFirst());
    assertEquals(0L, rows("t", row -> row.number(2)).getFirst());
    assertEquals(0L, rows("t", row -> row.number(9)).getFirst());
  }

  @Test
  void table_without_rows_is_empty_and_so_is_a_database_that_is_not_there() throws Exception {
    assertEquals(List.of(), rows("empty", Row::id));
    Files.delete(root.resolve("tables.sqlite"));
    assertEquals(List.of(), rows("t", Row::id));
  }

  @Test
  void table_without_row_ids_or_of_no_such_name_is_refused() {
    for (var table : List.of("w", "nowhere", "sqlite_autoindex_w_1")) {
      var refused = assertThrows(UnreadableException.class, () -> rows(table, Row::id), table);
      assertEquals(Reason.MALFORMED, refused.reason());
    }
  }
}
