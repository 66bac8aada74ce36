package dev.interdict.server.cli.terminal;

import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import dev.interdict.server.csv.CsvWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/// [Output] of commands that list, which has CSV too. No cell of a CSV is a formula.
public final class ListOutput {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json|yaml|csv",
      defaultValue = "table",
      converter = Form.OfList.class,
      completionCandidates = Form.OfList.class,
      description = "How to print it: table for people, json, yaml and csv for programs.")
  private Form form = Form.TABLE;

  /// Whether a program reads it, which wants all and in full.
  public boolean forPrograms() {
    return form != Form.TABLE;
  }

  /// Whether it is printed as a tree, which has what is no row too.
  public boolean isTree() {
    return form == Form.JSON || form == Form.YAML;
  }

  /// Prints a tree.
  public void print(Json json, Console console) {
    Output.print(form, json, console);
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
    if (isTree()) {
      print(new Json.Arr(List.copyOf(rows)), console);
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
