package dev.interdict.server.cli.terminal;

import dev.interdict.json.Json;
import picocli.CommandLine.Option;

/// The option that chooses between text for people and JSON or YAML for programs, which say the
/// same.
public final class Output {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json|yaml",
      defaultValue = "table",
      converter = Form.OfOne.class,
      completionCandidates = Form.OfOne.class,
      description = "How to print the result: table for people, json and yaml for programs.")
  private Form form = Form.TABLE;

  /// Whether a program reads it, which wants all and in full.
  public boolean forPrograms() {
    return form != Form.TABLE;
  }

  /// Prints what a program asked for.
  public void print(Json json, Console console) {
    print(form, json, console);
  }

  static void print(Form form, Json json, Console console) {
    switch (form) {
      case YAML -> console.yaml(json);
      case JSON -> console.json(json);
      case TABLE, CSV -> throw new IllegalArgumentException(form + " is no tree");
    }
  }
}
