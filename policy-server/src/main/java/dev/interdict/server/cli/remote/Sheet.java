package dev.interdict.server.cli.remote;

import dev.interdict.identity.Printable;
import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import dev.interdict.server.cli.terminal.Columns;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Times;
import dev.interdict.server.csv.CsvWriter;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// Prints rows that a server answered: a table for people, JSON or CSV for programs. What devices
/// told is made printable for people, and no cell of a CSV is a formula.
public final class Sheet {
  private static final int WIDEST = 36;

  /// As the API writes a point in time.
  private static final Pattern INSTANT =
      Pattern.compile(
          "2[0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T[0-9]{2}:[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?Z");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json|csv",
      defaultValue = "table",
      converter = Converter.class,
      description = "How to print it: table for people, json and csv for programs.")
  private Form form = Form.TABLE;

  /// How to print.
  enum Form {
    TABLE,
    JSON,
    CSV
  }

  static final class Converter implements ITypeConverter<Form> {
    @Override
    public Form convert(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "table" -> Form.TABLE;
        case "json" -> Form.JSON;
        case "csv" -> Form.CSV;
        default -> throw new TypeConversionException("\"" + text + "\"; write table, json or csv");
      };
    }
  }

  public boolean json() {
    return form == Form.JSON;
  }

  /// @param columns the members of a row that people see, in their order
  public void print(List<Json.Obj> rows, List<String> columns, Console console) {
    switch (form) {
      case JSON -> console.json(new Json.Arr(List.copyOf(rows)));
      case CSV -> {
        console.line(CsvWriter.record(columns));
        rows.forEach(row ->
            console.line(CsvWriter.record(columns.stream().map(name -> text(row, name)).toList())));
      }
      case TABLE -> table(rows, columns, console);
    }
  }

  private static void table(List<Json.Obj> rows, List<String> columns, Console console) {
    if (rows.isEmpty()) {
      console.line("The list is empty, or nothing in it is like that.");
      return;
    }
    var widths =
        columns.stream()
            .map(name ->
                Math.max(
                    name.length(),
                    rows.stream().mapToInt(row -> Columns.of(cell(row, name))).max().orElse(0)))
            .toList();
    console.line(
        console.bold(
            line(columns.stream().map(name -> name.toUpperCase(Locale.ROOT)).toList(), widths)));
    rows.forEach(
        row -> console.line(line(columns.stream().map(name -> cell(row, name)).toList(), widths)));
  }

  private static String line(List<String> cells, List<Integer> widths) {
    var line = new StringBuilder();
    for (var i = 0; i < cells.size(); i++) {
      line.append(cells.get(i)).repeat(" ", widths.get(i) - Columns.of(cells.get(i)) + 2);
    }
    return line.toString().stripTrailing();
  }

  private static String cell(Json.Obj row, String name) {
    var text = text(row, name);
    return text.isEmpty()
        ? "-"
        : INSTANT.matcher(text).matches() ? instant(text) : Printable.of(text, WIDEST);
  }

  /// A name that a device gave itself may only look like one.
  private static String instant(String text) {
    try {
      return Times.minutes(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Printable.of(text, WIDEST);
    }
  }

  public static String text(Json.Obj row, String name) {
    return switch (row.get(name)) {
      case null -> "";
      case Json.Null _ -> "";
      case Json.Text(var text) -> text;
      case Json.Int(var number) -> Long.toString(number);
      case Json.Arr(var items) ->
          items.stream()
              .map(item -> item instanceof Json.Text(var text) ? text : JsonWriter.line(item))
              .collect(Collectors.joining(" "));
      case Json.Obj object -> JsonWriter.line(object);
      case Json.Bool flag -> flag == Json.Bool.TRUE ? "true" : "false";
      case Json.Decimal(var literal) -> literal;
    };
  }
}
