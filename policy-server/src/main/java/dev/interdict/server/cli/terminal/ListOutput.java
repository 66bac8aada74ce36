package dev.interdict.server.cli.terminal;

import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import dev.interdict.server.csv.CsvWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// The option of commands that list: a table for people, JSON or CSV for programs. No cell of a CSV
/// is a formula.
public final class ListOutput {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json|csv",
      defaultValue = "table",
      converter = Converter.class,
      completionCandidates = Forms.class,
      description = "How to print it: table for people, json and csv for programs.")
  private Form form = Form.TABLE;

  /// How to print.
  enum Form {
    TABLE,
    JSON,
    CSV
  }

  /// As they are typed.
  static final class Forms extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Forms() {
      super(List.of("table", "json", "csv"));
    }
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

  /// Whether a program reads it, which wants all and in full.
  public boolean forPrograms() {
    return form != Form.TABLE;
  }

  /// Prints for programs all that rows hold, of which a CSV has the members as columns.
  public void rows(List<? extends Json> rows, Console console) {
    var objects = rows.stream().map(Json.Obj.class::cast).toList();
    var columns = new LinkedHashSet<String>();
    objects.forEach(row -> columns.addAll(row.members().keySet()));
    rows(objects, List.copyOf(columns), console);
  }

  /// The same, a CSV with these columns alone.
  public void rows(List<Json.Obj> rows, List<String> columns, Console console) {
    if (json()) {
      console.json(new Json.Arr(List.copyOf(rows)));
    } else if (!columns.isEmpty()) {
      console.line(CsvWriter.record(columns));
      rows.forEach(row ->
          console.line(CsvWriter.record(columns.stream().map(name -> text(row, name)).toList())));
    }
  }

  /// A member as a text; empty where there is none.
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
