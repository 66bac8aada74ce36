package dev.interdict.manual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The manual page of one command, out of what it says of itself.
final class ManPage {
  private static final Pattern EXAMPLES = Pattern.compile("Examples?:");
  private static final String EXIT_CODES = "Exit codes:";

  private final CommandSpec command;
  private final Imprint imprint;
  private final Help help;

  /// Which edition a page is of.
  ///
  /// @param section the manual's, such as 1 for what anybody types and 8 for the administrator
  /// @param date when it was made, such as 2026-11-21
  /// @param source the program's name and version
  record Imprint(int section, String date, String source) {}

  ManPage(CommandSpec command, Imprint imprint) {
    this.command = command;
    this.imprint = imprint;
    this.help = new Help(command, Help.defaultColorScheme(Ansi.OFF));
  }

  /// The page's name: the command's words with hyphens.
  static String name(CommandSpec command) {
    return command.qualifiedName("-");
  }

  @Override
  public String toString() {
    var page = new Roff().head(name(command), imprint.section(), imprint.date(), imprint.source());
    var description = lines(command.usageMessage().description());
    page.section("NAME").sentence(name(command), firstSentence(String.join(" ", description)));
    page.section("SYNOPSIS").synopsis(command.qualifiedName(), synopsis());
    page.section("DESCRIPTION").paragraph(String.join("\n", description));
    arguments(page, "ARGUMENTS", command.positionalParameters());
    arguments(page, "OPTIONS", command.options());
    below(page);
    footer(page);
    seeAlso(page);
    return page.toString();
  }

  /// The page of a command that only has a help of its own, as text.
  static String ofText(String name, String text, Imprint imprint) {
    var lines = text.lines().toList();
    return new Roff()
        .head(name, imprint.section(), imprint.date(), imprint.source())
        .section("NAME")
        .sentence(
            name,
            firstSentence(
                lines.stream()
                    .skip(1)
                    .takeWhile(s -> !s.isBlank())
                    .reduce((a, b) -> a + " " + b)
                    .orElse("")))
        .section("DESCRIPTION")
        .verbatim(lines)
        .toString();
  }

  private String synopsis() {
    var words = help.abbreviatedSynopsis().strip();
    var whole = help.synopsis(0).replaceAll("\\s+", " ").strip();
    var name = command.qualifiedName();
    return (whole.startsWith(name) ? whole : words).substring(name.length()).strip();
  }

  private void arguments(Roff page, String title, List<? extends ArgSpec> arguments) {
    var shown = arguments.stream().filter(each -> !each.hidden()).toList();
    if (!shown.isEmpty()) {
      page.section(title);
      shown.forEach(each -> page.term(term(each), String.join("\n", meaning(each))));
    }
  }

  private String term(ArgSpec argument) {
    var label =
        help.createDefaultParamLabelRenderer()
            .renderParameterLabel(argument, Ansi.OFF, List.of())
            .toString();
    return argument instanceof OptionSpec option
        ? String.join(", ", option.names()) + label
        : label;
  }

  /// What the command's own help says of it, its default written out.
  private List<String> meaning(ArgSpec argument) {
    var labels = help.createDefaultParamLabelRenderer();
    var scheme = help.colorScheme();
    var rows =
        switch (argument) {
          case OptionSpec option ->
              help.createDefaultOptionRenderer().render(option, labels, scheme);
          case PositionalParamSpec parameter ->
              help.createDefaultParameterRenderer().render(parameter, labels, scheme);
          default -> throw new IllegalStateException("neither option nor parameter: " + argument);
        };
    return Stream.of(rows).map(row -> row[row.length - 1].toString()).toList();
  }

  private void below(Roff page) {
    if (!command.subcommands().isEmpty()) {
      page.section("COMMANDS");
      command
          .subcommands()
          .values()
          .forEach(each ->
              page.term(
                  name(each.getCommandSpec()) + "(" + imprint.section() + ")",
                  firstSentence(
                      String.join(
                          " ", lines(each.getCommandSpec().usageMessage().description())))));
    }
  }

  /// Examples and exit codes stand at the end of a help, each under its word.
  private void footer(Roff page) {
    var examples = new ArrayList<String>();
    var codes = new ArrayList<String>();
    var rest = new ArrayList<String>();
    var to = rest;
    var usage = command.usageMessage();
    var lines = new ArrayList<>(lines(usage.footerHeading()));
    lines.addAll(lines(usage.footer()));
    for (var line : lines) {
      if (EXAMPLES.matcher(line).lookingAt()) {
        to = examples;
        line = EXAMPLES.matcher(line).replaceFirst("");
      } else if (line.startsWith(EXIT_CODES)) {
        to = codes;
        line = line.substring(EXIT_CODES.length());
      }
      if (!line.isBlank()) {
        to.add(line);
      }
    }
    command
        .usageMessage()
        .exitCodeList()
        .forEach((code, meaning) -> codes.add(code + "  " + meaning));
    section(page, "NOTES", rest);
    section(page, "EXAMPLES", examples);
    section(page, "EXIT STATUS", codes.stream().map(String::strip).toList());
  }

  private static void section(Roff page, String title, List<String> lines) {
    if (!lines.isEmpty()) {
      page.section(title).verbatim(lines);
    }
  }

  private void seeAlso(Roff page) {
    var parent = command.parent();
    if (parent != null) {
      page.section("SEE ALSO").paragraph(name(parent) + "(" + imprint.section() + ")");
    }
  }

  private static List<String> lines(String... raw) {
    return Stream.of(raw)
        .flatMap(each -> Arrays.stream(each.replace("%n", "\n").replace("%%", "%").split("\n", -1)))
        .toList();
  }

  private static String firstSentence(String words) {
    var end = words.indexOf(". ");
    var sentence = end < 0 ? words : words.substring(0, end);
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }
}
