package dev.interdict.agent.cli;

import dev.interdict.agent.pipe.GuardAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `interdict-agent enforce`: has the guard look at once and do what is due, with `--retry` also
/// what failed too often to be tried again; or with `--dry-run` tell what it would do, without
/// doing it.
@Command(
    name = "enforce",
    description = {
      "Does at once what is due, or says what would be done.",
      "What failed, or came back, so often that it rests goes on resting: root has it tried again"
          + " with --retry, once the cause is mended."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = GuardCommand.EXIT_CODES,
    exitCodeList = {
      "0:asked for, or told",
      GuardCommand.NO_GUARD,
      GuardCommand.WRONG,
      GuardCommand.REFUSED
    })
final class EnforceCommand extends GuardCommand {
  private static final List<Integer> WIDTHS = List.of(12, 9, 57);

  @Option(names = "--dry-run", description = "Only say what would be done. Changes nothing.")
  private boolean dryRun;

  @Option(
      names = "--retry",
      description = {
        "The cause is mended: try again, as if for the first time, what failed or came back too"
            + " often. For a person, once; what runs by a schedule would let nothing rest."
      })
  private boolean retry;

  @Parameters(
      arity = "0..1",
      paramLabel = "RULE",
      description = "With --dry-run: only what this rule would do.")
  private @Nullable String rule;

  @Override
  public Integer call() throws IOException {
    if (!dryRun && rule != null) {
      throw wrong("enforce.rule");
    }
    if (dryRun && retry) {
      throw wrong("enforce.either");
    }
    var json =
        dryRun ? ask("plan", rule, Map.of()) : ask(retry ? "retry" : "check", null, Map.of());
    if (options.json()) {
      print(json);
    } else if (dryRun) {
      tell(new GuardAnswer(json), words(), paper());
    } else {
      paper().line(words().say(retry ? "enforce.retried" : "enforce.asked"));
    }
    return 0;
  }

  static void tell(GuardAnswer answer, Words words, Paper paper) {
    var plan = answer.get("plan").items();
    var nothing =
        plan.stream()
            .allMatch(rule ->
                rule.get("findings").items().isEmpty() && rule.get("remains").items().isEmpty());
    paper.line(words.say(nothing ? "enforce.nothing" : "enforce.nothing-changed"));
    for (var rule : plan) {
      var findings = rule.get("findings").items();
      if (!findings.isEmpty() || !rule.get("remains").items().isEmpty()) {
        paper.blank();
        paper.heading(
            words.say(
                "enforce.of",
                rule.get("name").text(),
                rule.get("rule").text(),
                state(rule, words)));
        findings.forEach(finding -> tell(finding, rule, words, paper));
        rule.get("remains")
            .items()
            .forEach(one -> paper.line("  " + words.say("enforce.remains", one.text())));
      }
    }
    var uninspected = answer.get("uninspected").items();
    if (!uninspected.isEmpty()) {
      paper.blank();
      paper.line(words.say("enforce.uninspected"));
      uninspected.forEach(one ->
          paper.line(
              "  "
                  + words.say(
                      "enforce.place",
                      one.get("path").text(),
                      words.or("unread." + one.get("why").text(), one.get("why").text()))));
    }
  }

  private static String state(GuardAnswer rule, Words words) {
    if (rule.get("due").flag()) {
      return words.say("enforce.due");
    }
    return rule.get("when").isThere()
        ? words.say("enforce.from", words.date(rule.get("when").text(), rule.get("zone").text()))
        : words.say("enforce.not-due");
  }

  private static void tell(GuardAnswer finding, GuardAnswer rule, Words words, Paper paper) {
    var what = finding.get("item").text() + " " + finding.get("version").text();
    var owner = finding.get("owner").text();
    paper.line(
        "  "
            + (owner.isEmpty()
                ? words.say("enforce.machine", what.strip())
                : words.say("enforce.owned", what.strip(), owner)));
    if (!finding.get("strength").text().equals("strong")) {
      paper.line("    " + words.say("enforce.weak"));
      return;
    }
    switch (rule.get("enforcement").text()) {
      case "observe", "notify" -> {
        paper.line("    " + words.say("enforce.only-told"));
        return;
      }
      default -> {}
    }
    for (var process : finding.get("stops").items()) {
      row(paper, words.say("enforce.stop"), process.get("pid").text(), named(process));
    }
    if (rule.get("enforcement").text().equals("block")) {
      var packages = finding.get("packages").items();
      var bars = packages.stream().flatMap(one -> one.get("bars").items().stream()).toList();
      bars.forEach(program -> row(paper, words.say("enforce.bar"), "", program.text()));
      var open = !packages.isEmpty() && bars.isEmpty();
      paper.line("    " + words.say(open ? "enforce.not-stopped" : "enforce.only-stopped"));
      return;
    }
    files(finding.get("cuts").items(), "enforce.cut", words, paper);
    files(finding.get("takes").items(), "enforce.take", words, paper);
    for (var folder : finding.get("empties").items()) {
      row(paper, words.say("enforce.empty"), "", folder.text());
    }
    for (var stub : finding.get("stubs").items()) {
      row(paper, words.say("enforce.stub"), "", stub.text());
    }
    files(finding.get("packages").items(), "enforce.package", words, paper);
    for (var kept : finding.get("keeps").items()) {
      row(paper, words.say("enforce.keep"), "", kept.text());
    }
  }

  private static String named(GuardAnswer process) {
    var executable = process.get("executable").text();
    return executable.isEmpty() ? process.get("name").text() : executable;
  }

  private static void files(List<GuardAnswer> files, String act, Words words, Paper paper) {
    for (var file : files) {
      var would = file.get("would").text();
      var lines = new ArrayList<String>();
      lines.add(file.get("path").isThere() ? file.get("path").text() : file.get("name").text());
      if (would.equals("refused") || would.equals("failed")) {
        var why = words.or("refusal." + file.get("why").text(), file.get("detail").text());
        lines.add(words.say("enforce.why", why));
        if (file.get("why").text().equals("needed")) {
          lines.add(file.get("detail").text());
        }
      }
      var said =
          switch (would) {
            case "refused", "failed" -> words.say("enforce.refused");
            case "already-done" -> words.say("enforce.gone");
            default -> words.say(act);
          };
      var bytes = file.get("bytes");
      var size = bytes.isThere() ? RestoreCommand.size(bytes.number()) : "";
      row(paper, said, size, lines.getFirst());
      lines.stream().skip(1).forEach(line -> row(paper, "", "", line));
    }
  }

  private static void row(Paper paper, String act, String size, String what) {
    paper.row(WIDTHS, List.of("    " + act, size, what));
  }
}
