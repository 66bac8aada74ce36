package dev.interdict.server.cli.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.json.Json;
import dev.interdict.server.cli.terminal.Console;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

@Tag("any-database")
class SheetTest {
  private static String printed(List<Json.Obj> rows, String... options) {
    var sheet = new Sheet();
    var command =
        CommandLine.Model.CommandSpec.create()
            .addMixin("sheet", CommandLine.Model.CommandSpec.forAnnotatedObject(sheet));
    new CommandLine(command).parseArgs(options);
    var out = new StringWriter();
    var writer = new PrintWriter(out);
    sheet.print(
        rows,
        List.of("host", "department", "at"),
        new Console(writer, writer, false, "tester", InstantSource.system(), new SecureRandom()));
    return out.toString();
  }

  private static Json.Obj row(String host, String department, String at) {
    return Json.object().put("host", host).put("department", department).put("at", at).build();
  }

  @Test
  void columns_stand_below_one_another_whatever_the_script_and_nothing_moves_the_cursor() {
    var rows =
        List.of(
            row("ws-1", "研发/平台", "2026-07-10T08:30:15.123Z"),
            row("\u001b[2Jws-2\n", "Law", "2026-07-10"));
    assertEquals(
        """
        HOST                DEPARTMENT  AT
        ws-1                研发/平台   2026-07-10 08:30 UTC
        \\u{1b}[2Jws-2\\u{a}  Law         2026-07-10
        """,
        printed(rows).replaceAll("(?m) +$", ""));
  }

  @Test
  void what_only_looks_like_a_point_in_time_costs_nobody_the_table() {
    var rows =
        List.of(
            row("2026-02-31T00:00:00Z", "Law", "2026-07-31T08:30:15Z"),
            row("2026-01-01T99:00:00Z", "Law", ""));
    assertEquals(
        """
        HOST                  DEPARTMENT  AT
        2026-02-31T00:00:00Z  Law         2026-07-31 08:30 UTC
        2026-01-01T99:00:00Z  Law         -
        """,
        printed(rows).replaceAll("(?m) +$", ""));
  }

  @Test
  void programs_get_points_in_time_to_the_full() {
    assertEquals(
        "host,department,at\nws-1,Law,2026-07-10T08:30:15.123Z\n",
        printed(List.of(row("ws-1", "Law", "2026-07-10T08:30:15.123Z")), "-o", "csv")
            .replace("\r", ""));
  }
}
