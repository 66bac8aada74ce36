package dev.interdict.server.cli.importing;

import dev.interdict.identity.Printable;
import dev.interdict.json.Json;
import dev.interdict.server.cli.rule.RuleFiles;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.cli.terminal.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `interdict import santa` and its like.
@Command(
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 all of it was turned, 1 some of it was not, or the file cannot be read;",
      "2 not understood, 4 not allowed, 6 a file of that name is there."
    })
final class ImportFileCommand implements Callable<Integer> {
  private static final int WIDEST = 300;

  private final String name;
  private final String product;
  private final Supplier<Format> format;
  private final Console console;

  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "FILE", description = "The export.")
  private Path file = Path.of("");

  @Option(
      names = "--into-folder",
      paramLabel = "DIR",
      defaultValue = "rules",
      description = "Where the rule files go (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of("rules");

  @Option(names = "--dry-run", description = "Say what would be written, and write nothing.")
  private boolean dry;

  ImportFileCommand(String name, String product, Supplier<Format> format, Console console) {
    this.name = name;
    this.product = product;
    this.format = format;
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    var found = found();
    var naming = new RuleFile.Naming(name);
    var rules = new ArrayList<RuleFile>();
    for (var sketch : found.sketches()) {
      rules.add(RuleFile.of(sketch, naming.id(sketch.name()), product, console.clock().instant()));
    }
    for (var rule : rules) {
      PrivateFile.refuseExisting(place(rule));
    }
    if (!dry && !rules.isEmpty()) {
      write(rules);
    }
    tell(found, rules);
    return found.left().isEmpty() ? Exit.OK : Exit.FOUND;
  }

  /// All of them or none, so that the same command can be typed again.
  private void write(List<RuleFile> rules) throws IOException {
    Files.createDirectories(folder);
    var made = new ArrayList<Path>();
    try {
      for (var rule : rules) {
        var place = place(rule);
        Files.createFile(place);
        made.add(place);
        Files.writeString(place, rule.content(), StandardOpenOption.WRITE);
      }
    } catch (IOException e) {
      for (var place : made) {
        Files.deleteIfExists(place);
      }
      throw e;
    }
  }

  private Path place(RuleFile rule) {
    return folder.resolve(rule.id() + ".yaml");
  }

  private Found found() throws IOException {
    try (var in = Files.newInputStream(file)) {
      var content = in.readNBytes(Foreign.MOST + 1);
      if (content.length > Foreign.MOST) {
        throw new Failure(
            Exit.FOUND, "it is larger than " + (Foreign.MOST >> 20) + " MiB; split it");
      }
      return format.get().read(content);
    } catch (Failure e) {
      throw new Failure(e.code(), file + ": " + e.getMessage());
    }
  }

  private void tell(Found found, List<RuleFile> rules) {
    if (output.forPrograms()) {
      output.print(
          Json.object()
              .put("version", 1)
              .put("files", Json.texts(rules.stream().map(rule -> place(rule).toString()).toList()))
              .put("written", !dry)
              .put(
                  "not-translated",
                  found.left().stream()
                      .map(one ->
                          Json.object().put("what", one.what()).put("why", one.why()).build())
                      .toList())
              .build(),
          console);
      return;
    }
    rules.forEach(rule -> console.line((dry ? "would write " : "wrote ") + place(rule)));
    if (!found.left().isEmpty()) {
      console.line(console.bold("Not translated:"));
      for (var one : found.left()) {
        console.line("  " + Printable.of(one.what(), WIDEST));
        console.line("      " + Printable.of(one.why(), WIDEST));
      }
    }
    console.line(
        RuleFiles.count(rules.size(), "rule file")
            + ", "
            + found.left().size()
            + " not translated."
            + (dry || rules.isEmpty()
                ? ""
                : " Review them, then: interdict apply -f " + folder + " --dry-run"));
  }
}
