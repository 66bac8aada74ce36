package dev.interdict.server.cli.rule;

import dev.interdict.policy.RuleId;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.PrivateFile;
import dev.interdict.server.draft.Catalogue;
import dev.interdict.server.draft.Template;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `interdict rule new`.
@Command(
    name = "new",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a rule to start from: a ready one of the catalogue where ID is known there"
          + " (see below), else an empty one with all fields."
    })
public final class RuleNewCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "ID",
      completionCandidates = Ready.class,
      description = {
        "The rule's id in kebab-case. Ready in the catalogue:",
        "${COMPLETION-CANDIDATES}."
      })
  private String id = "";

  @Option(
      names = "--into",
      paramLabel = "DIR",
      description = "Write ID.yaml into this folder, and a catalogue rule's cases into DIR/ID.")
  private @Nullable Path into;

  /// The catalogue's ids, for the help and for shells that complete words.
  static final class Ready extends ArrayList<String> {
    Ready() {
      super(Catalogue.IDS);
    }
  }

  public RuleNewCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    try {
      var rule = new RuleId(id);
      var ready = Catalogue.rule(rule.value());
      var content =
          ready.orElseGet(() ->
              Template.rule(rule, console.clock().instant()).getBytes(StandardCharsets.UTF_8));
      if (into == null) {
        console.out().print(new String(content, StandardCharsets.UTF_8));
        console.out().flush();
        return Exit.OK;
      }
      var files = new LinkedHashMap<Path, byte[]>();
      files.put(into.resolve(id + ".yaml"), content);
      Catalogue.caseFiles(id).forEach((name, cases) -> files.put(into.resolve(name), cases));
      write(files);
      return Exit.OK;
    } catch (IllegalArgumentException e) {
      throw new Failure(Exit.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private void write(Map<Path, byte[]> files) throws IOException {
    for (var file : files.keySet()) {
      PrivateFile.refuseExisting(file);
    }
    for (var file : files.entrySet()) {
      var parent = file.getKey().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.write(file.getKey(), file.getValue());
      console.line("wrote " + file.getKey());
    }
  }
}
