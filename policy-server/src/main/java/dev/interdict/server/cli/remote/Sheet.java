package dev.interdict.server.cli.remote;

import dev.interdict.json.Json;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.ListOutput;
import dev.interdict.server.cli.terminal.Table;
import dev.interdict.server.cli.terminal.Times;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;

/// Prints rows that a server answered: a table for people, JSON or CSV for programs. What devices
/// told is made printable for people, and no cell of a CSV is a formula.
public final class Sheet {
  /// As the API writes a point in time.
  private static final Pattern INSTANT =
      Pattern.compile(
          "2[0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T[0-9]{2}:[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?Z");

  @Mixin private ListOutput output = new ListOutput();

  /// Whether a program reads it.
  boolean forPrograms() {
    return output.forPrograms();
  }

  /// @param columns the members of a row that people see, in their order
  public void print(List<Json.Obj> rows, List<String> columns, Console console) {
    if (output.forPrograms()) {
      output.rows(rows, columns, console);
    } else {
      table(rows, columns, console);
    }
  }

  /// Prints the first rows of a list that the server has in pages, and says if there are more.
  ///
  /// @param name of the member that holds the rows
  public void print(
      RemoteServer server,
      String path,
      String name,
      Map<String, List<String>> filter,
      int most,
      List<String> columns,
      Console console) {
    if (most < 1) {
      throw new Failure(Exit.USAGE, "at least 1 has to be listed, not " + most);
    }
    var rows = server.list(path, name, filter, most < Integer.MAX_VALUE ? most + 1 : most);
    print(rows.subList(0, Math.min(most, rows.size())), columns, console);
    if (rows.size() > most) {
      console.warn("there are more than these " + most + "; narrow the list, or export it");
    }
  }

  /// Says of lists within an answer, those that somebody reads, how much the server left out.
  public static void leftOut(Answer answer, List<String> names, Console console) {
    names.forEach(name -> leftOut(answer.leftOut(name), name, console));
  }

  /// @param number of those that are left out
  public static void leftOut(long number, String name, Console console) {
    if (number > 0) {
      console.warn(name + ": " + number + " more that the server does not tell here");
    }
  }

  /// Prints rows for people.
  static void table(List<Json.Obj> rows, List<String> columns, Console console) {
    if (rows.isEmpty()) {
      console.line("The list is empty, or nothing in it is like that.");
      return;
    }
    var table =
        new Table(columns.stream().map(Sheet::head).toArray(String[]::new))
            .right(
                columns.stream()
                    .filter(
                        name -> rows.stream().allMatch(row -> row.get(name) instanceof Json.Int))
                    .map(Sheet::head)
                    .toArray(String[]::new));
    rows.forEach(row -> table.row(columns.stream().map(name -> shown(row, name)).toArray()));
    table.print(console);
  }

  private static String head(String member) {
    return member.toUpperCase(Locale.ROOT);
  }

  /// A member as people read it: `-` for none, a point in time to the minute.
  public static String shown(Json.Obj row, String name) {
    var text = ListOutput.text(row, name);
    return text.isEmpty() ? "-" : INSTANT.matcher(text).matches() ? instant(text) : text;
  }

  /// A name that a device gave itself may only look like one.
  private static String instant(String text) {
    try {
      return Times.minutes(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return text;
    }
  }
}
