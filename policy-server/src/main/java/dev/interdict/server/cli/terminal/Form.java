package dev.interdict.server.cli.terminal;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// How a result is printed: a table for people, the others for programs.
enum Form {
  TABLE,
  JSON,
  YAML,
  CSV;

  /// As it is typed.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Those that a command knows: what it takes, offers to a shell, and names where something else
  /// was typed.
  abstract static class Choice implements ITypeConverter<Form>, Iterable<String> {
    private final List<Form> forms;

    Choice(Form... forms) {
      this.forms = List.of(forms);
    }

    @Override
    public Form convert(String text) {
      return forms.stream()
          .filter(form -> form.word().equals(text.toLowerCase(Locale.ROOT)))
          .findFirst()
          .orElseThrow(() ->
              new TypeConversionException(
                  "\""
                      + text
                      + "\"; write "
                      + forms.stream()
                          .limit(forms.size() - 1L)
                          .map(Form::word)
                          .collect(Collectors.joining(", "))
                      + " or "
                      + forms.getLast().word()));
    }

    @Override
    public Iterator<String> iterator() {
      return forms.stream().map(Form::word).iterator();
    }
  }

  /// Of one thing.
  static final class OfOne extends Choice {
    OfOne() {
      super(TABLE, JSON, YAML);
    }
  }

  /// Of a list.
  static final class OfList extends Choice {
    OfList() {
      super(Form.values());
    }
  }
}
