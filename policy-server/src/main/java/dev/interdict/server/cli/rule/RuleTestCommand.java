package dev.interdict.server.cli.rule;

import dev.interdict.json.Json;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.draft.Finding;
import dev.interdict.server.draft.Lint;
import dev.interdict.server.draft.RuleCase;
import dev.interdict.server.draft.RuleTest;
import dev.interdict.server.draft.YamlFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `interdict rule test`.
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a rule against cases by the very decision that workstations make.",
      "",
      "A file of cases (YAML or JSON) holds",
      "  cases:",
      "    - name: npm-global",
      "      expect: match            # or no-match, uncertain, spared",
      "      items:",
      "        - package: pkg:npm/some-tool@1.0.0",
      "        - extension: {vscode: publisher.name}",
      "        - application: {macos: com.example.tool}",
      "        - program: {home: .local/share/tool/1.0.0, signer: Example Inc}",
      "        - model: {tool: aider, name: some-model}",
      "        - variable: SOME_API_KEY"
    })
public final class RuleTestCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "FILE", description = "The rule.")
  private Path file = Path.of("");

  @Option(
      names = "--against",
      paramLabel = "DIR",
      required = true,
      description = "A file of cases, or a folder of such files.")
  private @Nullable Path cases;

  public RuleTestCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    var lint = new Lint(console.clock().instant(), Map.of()).check(RuleFiles.read(List.of(file)));
    if (lint.drafts().size() != 1) {
      RuleFiles.print(lint.findings(), console);
      throw new Failure(Exit.FOUND, file + " holds no rule that could be tested");
    }
    var read = cases();
    var outcomes = RuleTest.run(lint.drafts().getFirst().rule(), read);
    if (output.json()) {
      console.json(new Json.Arr(outcomes.stream().map(RuleTestCommand::json).toList()));
    } else {
      outcomes.forEach(this::print);
      var failed = outcomes.stream().filter(outcome -> !outcome.passed()).count();
      console.line(RuleFiles.count(outcomes.size(), "case") + ", " + failed + " failed");
    }
    return outcomes.stream().allMatch(RuleTest.Outcome::passed) ? Exit.OK : Exit.FOUND;
  }

  private List<RuleCase> cases() throws IOException {
    var findings = new ArrayList<Finding>();
    var read = new ArrayList<RuleCase>();
    for (var reading : RuleFiles.read(List.of(java.util.Objects.requireNonNull(cases)))) {
      switch (reading) {
        case YamlFile.Reading.Malformed(var finding) -> findings.add(finding);
        case YamlFile.Reading.Read(var yaml) -> read.addAll(RuleCase.read(yaml, findings));
      }
    }
    if (!findings.isEmpty()) {
      RuleFiles.print(findings, console);
      throw new Failure(Exit.FOUND, "the cases cannot be read");
    }
    return read;
  }

  private void print(RuleTest.Outcome outcome) {
    var one = outcome.of();
    var expected = dev.interdict.json.Fields.written(one.expected());
    console.line(
        (outcome.passed() ? console.green("PASS") : console.red("FAIL"))
            + " %-50s %-9s %s"
                .formatted(one.name(), expected, RuleFiles.count(one.items().size(), "item")));
    outcome.surprises().forEach(surprise -> console.line("       " + surprise));
  }

  private static Json json(RuleTest.Outcome outcome) {
    return Json.object()
        .put("file", outcome.of().file())
        .put("name", outcome.of().name())
        .put("passed", outcome.passed())
        .put("surprises", Json.texts(outcome.surprises()))
        .build();
  }
}
