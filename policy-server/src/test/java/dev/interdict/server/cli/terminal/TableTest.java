package dev.interdict.server.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-database")
class TableTest {
  private static final int PIPED = 0;

  private static String printed(Table table, int columns) {
    var out = new StringWriter();
    var writer = new PrintWriter(out);
    table.print(
        new Console(
            writer,
            writer,
            false,
            new Screen(columns != PIPED, false, () -> columns),
            "anna",
            InstantSource.system(),
            new SecureRandom(),
            PassphraseSource.NONE));
    return out.toString();
  }

  private static Table devices() {
    var table = new Table("ID", "HOST", "LEFT", "SINCE", "WHY").right("LEFT");
    table.row("0f3c5a7e9b1d", "mbp-of-zhao-lei.office", 7, "2026-07-10 08:30 UTC", "自动更新");
    table.row("9b1d0f3c5a7e", "ws-1", 1_200, "2026-07-09 08:30 UTC", "-");
    return table;
  }

  @Test
  void a_pipe_gets_all_of_every_cell() {
    assertEquals(
        """
        ID            HOST                    LEFT  SINCE                 WHY
        0f3c5a7e9b1d  mbp-of-zhao-lei.office     7  2026-07-10 08:30 UTC  自动更新
        9b1d0f3c5a7e  ws-1                    1200  2026-07-09 08:30 UTC  -
        """,
        printed(devices(), PIPED));
  }

  @Test
  void a_wide_terminal_does_too() {
    assertEquals(printed(devices(), PIPED), printed(devices(), 76));
  }

  @Test
  void the_widest_columns_are_cut_first_and_every_line_fits() {
    assertEquals(
        """
        ID            HOST             LEFT  SINCE            WHY
        0f3c5a7e9b1d  mbp-of-zhao-le…     7  2026-07-10 08:…  自动更新
        9b1d0f3c5a7e  ws-1             1200  2026-07-09 08:…  -
        """,
        printed(devices(), 62));
  }

  @Test
  void no_line_is_wider_than_the_terminal_while_its_first_column_fits() {
    for (var columns = 14; columns < 90; columns++) {
      var lines = printed(devices(), columns).lines().limit(3).toList();
      for (var line : lines) {
        var width = Columns.of(line);
        var room = columns;
        assertTrue(width <= room, () -> width + " columns in " + room + ": " + line);
      }
      assertTrue(lines.get(1).startsWith("0f3c5a7e9b1d"), lines.get(1));
    }
  }

  @Test
  void a_narrow_terminal_is_told_which_columns_it_does_not_see() {
    assertEquals(
        """
        ID            HOST          LEFT
        0f3c5a7e9b1d  mbp-of-zhao…     7
        9b1d0f3c5a7e  ws-1          1200
        Too narrow here for SINCE, WHY; --output json has all.
        """,
        printed(devices(), 32));
  }

  @Test
  void a_very_long_cell_does_not_widen_the_rows_of_a_pipe() {
    var table = new Table("ID", "REASON", "BY");
    table.row("1", "x".repeat(500), "mo");
    table.row("2", "short", "lea");
    var lines = printed(table, PIPED).lines().toList();
    assertEquals("1   " + "x".repeat(500) + "  mo", lines.get(1));
    assertEquals("2   short" + " ".repeat(55) + "  lea", lines.get(2));
  }

  @Test
  void no_cell_moves_the_cursor() {
    var table = new Table("HOST");
    table.row("\u001b[2Jws\n");
    assertEquals("HOST\n\\u{1b}[2Jws\\u{a}\n", printed(table, 80));
  }

  @Test
  void a_letter_with_an_accent_of_its_own_takes_one_column() {
    assertEquals(4, Columns.of("cafe\u0301"));
    assertEquals("cafe\u0301", Columns.cut("cafe\u0301", 4));
    assertEquals("迅…", Columns.cut("迅雷下载", 4));
  }

  @Test
  void a_row_that_does_not_fit_its_head_is_a_fault_of_the_program() {
    var table = new Table("A", "B");
    assertThrows(IllegalArgumentException.class, () -> table.row("only one"));
  }
}
