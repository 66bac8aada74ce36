package dev.interdict.server.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// The option that chooses between text for people and JSON for programs.
public final class Output {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json",
      defaultValue = "table",
      converter = Converter.class,
      completionCandidates = Forms.class,
      description = "How to print the result: table for people, json for programs.")
  private Form form = Form.TABLE;

  public boolean json() {
    return form == Form.JSON;
  }

  enum Form {
    TABLE,
    JSON
  }

  /// As they are typed.
  static final class Forms extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Forms() {
      super(List.of("table", "json"));
    }
  }

  static final class Converter implements ITypeConverter<Form> {
    @Override
    public Form convert(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "table" -> Form.TABLE;
        case "json" -> Form.JSON;
        default -> throw new TypeConversionException("\"" + text + "\"; write table or json");
      };
    }
  }
}
