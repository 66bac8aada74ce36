package dev.interdict.server.cli.rule;

import dev.interdict.evidence.ExplanationText;
import dev.interdict.evidence.RuleExplanation;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.draft.Lint;
import dev.interdict.server.draft.RuleTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
      "Runs a rule against cases, or against what a workstation holds, by the very decision that"
          + " workstations make.",
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
      "        - variable: SOME_API_KEY",
      "",
      "An inventory is what a workstation prints with: interdict-agent scan --output json. Of each"
          + " item it is said whether the rule means it and by what, whether it is spared, and"
          + " whether it only looks like it. An inventory expects nothing, so it cannot fail."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every case came out as expected; an inventory was explained",
      "1:a case did not, or the rule, the cases or the inventory cannot be read",
      "2:the command line is wrong"
    })
public final class RuleTestCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "FILE", description = "The rule.")
  private Path file = Path.of("");

  @Option(
      names = "--against",
      paramLabel = "PATH",
      required = true,
      description = "A file of cases, an inventory in JSON, or a folder of such files.")
  private @Nullable Path against;

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
    var rule = lint.drafts().getFirst().rule();
    var material = TestMaterial.read(Objects.requireNonNull(against));
    if (!material.findings().isEmpty()) {
      RuleFiles.print(material.findings(), console);
      throw new Failure(Exit.FOUND, "the cases cannot be read");
    }
    var outcomes = RuleTest.run(rule, material.cases());
    var explained = new LinkedHashMap<Path, RuleExplanation>();
    material
        .inventories()
        .forEach((path, items) -> explained.put(path, RuleExplanation.of(rule, items)));
    if (output.forPrograms()) {
      output.print(json(outcomes, explained), console);
    } else {
      print(outcomes, explained);
    }
    return outcomes.stream().allMatch(RuleTest.Outcome::passed) ? Exit.OK : Exit.FOUND;
  }

  private void print(List<RuleTest.Outcome> outcomes, Map<Path, RuleExplanation> explained) {
    if (!outcomes.isEmpty()) {
      outcomes.forEach(this::print);
      var failed = outcomes.stream().filter(outcome -> !outcome.passed()).count();
      console.line(RuleFiles.count(outcomes.size(), "case") + ", " + failed + " failed");
    }
    explained.forEach((path, explanation) -> {
      console.line(console.bold(path.toString()));
      ExplanationText.lines(explanation).forEach(console::line);
    });
  }

  private void print(RuleTest.Outcome outcome) {
    var one = outcome.of();
    var expected = Fields.written(one.expected());
    console.line(
        (outcome.passed() ? console.green("PASS") : console.red("FAIL"))
            + " %-50s %-9s %s"
                .formatted(one.name(), expected, RuleFiles.count(one.items().size(), "item")));
    outcome.surprises().forEach(surprise -> console.line("       " + surprise));
  }

  /// Of cases alone, a list of them; with inventories, an object of both.
  private static Json json(List<RuleTest.Outcome> outcomes, Map<Path, RuleExplanation> explained) {
    var cases = new Json.Arr(outcomes.stream().map(RuleTestCommand::json).toList());
    if (explained.isEmpty()) {
      return cases;
    }
    var inventories = Json.object();
    explained.forEach(
        (path, explanation) -> inventories.put(path.toString(), ExplanationText.json(explanation)));
    return Json.object().put("cases", cases).put("inventories", inventories.build()).build();
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
