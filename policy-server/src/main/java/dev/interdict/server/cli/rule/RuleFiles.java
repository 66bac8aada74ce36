package dev.interdict.server.cli.rule;

import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.draft.Finding;
import dev.interdict.server.draft.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads rule files for commands, and prints what lint says of them.
public final class RuleFiles {
  private RuleFiles() {}

  /// The files in their order; a folder stands for the YAML files in it.
  public static List<YamlFile.Reading> read(List<Path> paths) throws IOException {
    var readings = new ArrayList<YamlFile.Reading>();
    for (var path : paths) {
      for (var file : files(path)) {
        readings.add(YamlFile.read(file.toString(), Files.readAllBytes(file)));
      }
    }
    return readings;
  }

  /// The file itself, or the YAML and JSON files of a folder, by name.
  public static List<Path> files(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (var entries = Files.list(path)) {
      var files = entries.filter(RuleFiles::isYaml).filter(Files::isRegularFile).sorted().toList();
      if (files.isEmpty()) {
        throw new Failure(Exit.USAGE, "there is no .yaml, .yml or .json file in " + path);
      }
      return files;
    }
  }

  private static boolean isYaml(Path file) {
    var name = file.getFileName().toString();
    return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
  }

  /// Prints findings and their count, as the handbook of every compiler has it.
  public static void print(List<Finding> findings, Console console) {
    for (var finding : findings) {
      var word = "%-5s".formatted(finding.code().severity().word());
      console.line(
          finding.file()
              + ":"
              + finding.at()
              + "  "
              + (finding.isError() ? console.red(word) : console.yellow(word))
              + "  "
              + finding.code()
              + "  "
              + finding.message());
    }
    if (!findings.isEmpty()) {
      var errors = findings.stream().filter(Finding::isError).count();
      console.line(
          count(errors, "error")
              + ", "
              + count(findings.size() - errors, "warning")
              + ". See: interdict rule explain "
              + findings.getFirst().code());
    }
  }

  /// `1 error`, `2 errors`.
  public static String count(long n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }
}
