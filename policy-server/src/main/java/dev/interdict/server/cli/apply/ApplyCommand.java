package dev.interdict.server.cli.apply;

import dev.interdict.server.cli.remote.RemoteOptions;
import dev.interdict.server.cli.remote.Sheet;
import dev.interdict.server.cli.review.OpenDrafts;
import dev.interdict.server.cli.rule.RuleFiles;
import dev.interdict.server.cli.setup.ServerFolder;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.cli.terminal.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `interdict apply`.
@Command(
    name = "apply",
    mixinStandardHelpOptions = true,
    description = {
      "Brings rule files, as you keep them in Git, to the server's drafts.",
      "All files are checked first, then you see what would be written. It begins and changes"
          + " drafts and does nothing else: what is not among the files stays, and nothing is"
          + " published. A second run finds nothing to do."
    },
    footer = {
      "",
      "Examples:",
      "  interdict apply -f rules/ --dry-run",
      "  interdict apply -f rules/ --yes --output json --profile ci",
      "",
      "Exit codes: 0 done, or nothing to do; 1 lint found an error, and nothing was written;",
      "2 not understood, 3 cannot reach the server, 4 refused, 6 somebody else changed a draft."
    })
public final class ApplyCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private RemoteOptions remote = new RemoteOptions();
  @Mixin private Output output = new Output();

  @Option(
      names = {"-f", "--file"},
      paramLabel = "PATH",
      required = true,
      description = "A rule file, or a folder of them; repeatable.")
  private List<Path> paths = List.of();

  @Option(names = "--dry-run", description = "Show the plan, and write nothing.")
  private boolean dry;

  @Option(names = "--yes", description = "Write without asking, as scripts do.")
  private boolean yes;

  @Option(
      names = {"-d", "--server-dir"},
      paramLabel = "DIR",
      description = "Work in a server's folder on this machine, not over the API.")
  private @Nullable Path folder;

  @Option(
      names = "--actor",
      paramLabel = "NAME",
      description = "With -d: the account of who does this (default: your login name).")
  private @Nullable String actor;

  public ApplyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    var texts = RuleText.read(paths);
    try (var desk = desk()) {
      var inForce = desk.inForce();
      var checking = Checking.of(texts, inForce, console.clock().instant());
      if (checking.hasErrors()) {
        return faulty(checking.findings());
      }
      var plan = Plan.of(checking.files(), inForce, desk);
      var checked = new LinkedHashMap<RuleText, Desk.Checked>();
      var findings = new LinkedHashSet<Desk.Said>();
      try (var progress = Progress.of(console, "checking")) {
        for (var step : plan.writing()) {
          var file = file(step);
          progress.at("checking file " + (checked.size() + 1) + " of " + plan.writing().size());
          var said = desk.check(file.name(), file.content());
          checked.put(file, said);
          findings.addAll(said.findings());
        }
      }
      var leftOut = checked.values().stream().mapToLong(Desk.Checked::leftOut).sum();
      Sheet.leftOut(leftOut, "findings", console);
      var all = List.copyOf(findings);
      if (all.stream().anyMatch(Desk.Said::isError)) {
        return faulty(all);
      }
      return decide(desk, plan, all, checked);
    }
  }

  private Desk desk() throws IOException {
    if (folder == null) {
      if (actor != null) {
        throw new Failure(Exit.USAGE, "--actor goes with -d; over the API you are who logged in");
      }
      return new RemoteDesk(remote.open(console), remote.profile());
    }
    var open = OpenDrafts.of(new ServerFolder(folder).ready(), console);
    return new FolderDesk(open, open.person(actor == null ? console.user() : actor));
  }

  private static RuleText file(Step step) {
    return switch (step) {
      case Step.Begin begin -> begin.file();
      case Step.Edit edit -> edit.file();
      case Step.Same _, Step.Conflict _, Step.Elsewhere _ ->
          throw new IllegalArgumentException(step.rule() + " is not written");
    };
  }

  private int faulty(List<Desk.Said> findings) {
    if (output.forPrograms()) {
      output.print(PlanJson.of(findings), console);
    } else {
      PlanView.findings(findings, console);
      console.line(
          RuleFiles.count(findings.stream().filter(Desk.Said::isError).count(), "error")
              + "; nothing was written.");
    }
    return Exit.FOUND;
  }

  private int decide(
      Desk desk, Plan plan, List<Desk.Said> findings, Map<RuleText, Desk.Checked> checked) {
    if (!output.forPrograms()) {
      PlanView.findings(findings, console);
      console.line("Plan for " + desk.place() + ", as " + plan.me() + ":");
      console.blank();
      new PlanView(console, checked, desk.option()).print(plan);
    }
    var written = new LinkedHashMap<String, Long>();
    if (!plan.conflicts().isEmpty()) {
      tell(desk, plan, findings, checked, written);
      throw new Failure(
          Exit.CONFLICT,
          "somebody else wrote what "
              + RuleFiles.count(plan.conflicts().size(), "file")
              + " would overwrite; nothing was written");
    }
    if (dry || plan.writing().isEmpty() || !agreed(plan)) {
      if (!output.forPrograms() && !plan.writing().isEmpty()) {
        console.line("Nothing was written.");
      } else if (!output.forPrograms()) {
        console.line("Nothing to do.");
      }
      tell(desk, plan, findings, checked, written);
      return Exit.OK;
    }
    try {
      write(desk, plan, written);
    } finally {
      tell(desk, plan, findings, checked, written);
    }
    return Exit.OK;
  }

  private void tell(
      Desk desk,
      Plan plan,
      List<Desk.Said> findings,
      Map<RuleText, Desk.Checked> checked,
      Map<String, Long> written) {
    if (output.forPrograms()) {
      output.print(PlanJson.of(desk, plan, findings, checked, written), console);
    }
  }

  private boolean agreed(Plan plan) {
    if (yes) {
      return true;
    }
    var question = "Write " + RuleFiles.count(plan.writing().size(), "draft") + "? [y/N]";
    var answer = output.forPrograms() ? null : console.passphrases().answer(question);
    if (answer == null) {
      throw new Failure(
          Exit.USAGE, "nobody can be asked here; say --yes to write, or --dry-run to look only");
    }
    return List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
  }

  /// Each draft is a step of its own; what was written stays where a later one is refused, and the
  /// next run goes on from there.
  private void write(Desk desk, Plan plan, SequencedMap<String, Long> written) {
    var left = new HashSet<>(plan.writing());
    try {
      for (var step : plan.writing()) {
        var number =
            switch (step) {
              case Step.Begin(var file, _, _) ->
                  desk.create("from the file " + file.name(), file.content());
              case Step.Edit(var file, _, var kept, var before, _) -> {
                desk.edit(kept, before, file.content());
                yield kept.number();
              }
              case Step.Same _, Step.Conflict _, Step.Elsewhere _ -> 0L;
            };
        left.remove(step);
        written.put(step.rule().value(), number);
        said(step, number);
      }
    } finally {
      if (!left.isEmpty() && !output.forPrograms()) {
        console.line(
            "Not written: "
                + String.join(
                    ", ",
                    new ArrayList<>(left)
                        .stream().map(step -> step.rule().value()).sorted().toList()));
      }
    }
    if (!output.forPrograms()) {
      console.line(
          "Next, for each: interdict draft observe NUMBER"
              + desk.option()
              + "; then preview and submit it.");
    }
  }

  private void said(Step step, long number) {
    if (!output.forPrograms()) {
      console.line(
          (step instanceof Step.Begin ? "Began draft " : "Changed draft ")
              + number
              + " of "
              + step.rule());
    }
  }
}
