package dev.interdict.server.cli.rule;

import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.draft.LintCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `interdict rule explain`.
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description =
        "Explains what lint says: why it matters and what to do. Without CODE, lists all.")
public final class RuleExplainCommand implements Callable<Integer> {
  private static final int WIDTH = 96;
  private final Console console;

  @Parameters(paramLabel = "CODE", arity = "0..1", description = "Such as R012.")
  private @Nullable String code;

  public RuleExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (code == null) {
      for (var one : LintCode.values()) {
        console.line("%s  %-5s  %s".formatted(one, one.severity().word(), one.title()));
      }
      return Exit.OK;
    }
    var one =
        LintCode.of(code)
            .orElseThrow(() ->
                new Failure(
                    Exit.USAGE, "there is no code " + code + "; see: interdict rule explain"));
    console.line(console.bold(one + "  " + one.title() + " (" + one.severity().word() + ")"));
    console.blank();
    wrapped(one.reason()).forEach(console::line);
    console.blank();
    wrapped("What to do: " + one.advice()).forEach(console::line);
    if (one.severity() == LintCode.Severity.WARN) {
      console.blank();
      console.line("To allow it, write in its line or the line before:  # allow " + one + ": why");
    }
    return Exit.OK;
  }

  private static List<String> wrapped(String text) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (var word : text.split(" ")) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
