package dev.interdict.server.cli.apply;

import dev.interdict.identity.Printable;
import dev.interdict.json.Fields;
import dev.interdict.server.cli.rule.RuleFiles;
import dev.interdict.server.cli.terminal.Console;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A plan as whoever has to agree to it reads it.
///
/// @param checked what the server says of the texts that would be written, by file
/// @param where what names the desk to other commands, such as ` --profile ci`
record PlanView(Console console, Map<RuleText, Desk.Checked> checked, String where) {
  private static final int WIDEST = 70;
  private static final int GAP = 24;

  void print(Plan plan) {
    plan.steps().forEach(this::print);
    console.blank();
    console.line(summary(plan));
  }

  private void print(Step step) {
    switch (step) {
      case Step.Begin begin -> {
        var now = begin.inForce();
        head(
            console.green("+"),
            step,
            now == null
                ? "new: a draft is begun"
                : "differs from the rule in force: a draft is" + " begun");
        if (now == null) {
          var rule = begin.draft().rule();
          console.line(
              "      "
                  + Printable.of(rule.tool().name(), WIDEST)
                  + "; "
                  + Fields.written(rule.enforcement())
                  + ", effective "
                  + rule.timeline().effective()
                  + " "
                  + rule.timeline().zone()
                  + ", "
                  + RuleFiles.count(rule.match().size(), "way")
                  + " to match");
        } else {
          differences(Difference.between(now, begin.draft().file().json()));
        }
        graver(begin.file());
      }
      case Step.Edit edit -> {
        var kept = edit.kept();
        head(
            console.yellow("~"),
            step,
            "draft "
                + kept.number()
                + " gets another text"
                + (kept.state().equals("open")
                    ? ""
                    : "; it is " + kept.state() + ", and its review" + " counts no more"));
        if (edit.differences().isEmpty()) {
          console.line("      only comments or layout differ");
        }
        differences(edit.differences());
        graver(edit.file());
      }
      case Step.Same same -> {
        var draft = same.draft();
        head(
            "=",
            step,
            draft == null
                ? "unchanged, in force"
                    + (same.beside().isEmpty()
                        ? ""
                        : "; draft "
                            + numbers(same.beside().stream().map(Desk.OpenDraft::number).toList())
                            + " says something else and is left as it is")
                : "unchanged, draft " + draft.number() + " (" + draft.state() + ")");
      }
      case Step.Conflict(_, var file, var draft, var author) -> {
        head(
            console.red("!"),
            step,
            "conflict: " + author + " wrote the newest text of draft " + draft);
        console.line(
            "      Take it over into "
                + Printable.of(file.name(), WIDEST)
                + ": interdict draft show "
                + draft
                + " --content"
                + where
                + "; or have them");
        console.line("      discard the draft. Then apply again.");
      }
      case Step.Elsewhere(_, var inForce, var drafts) ->
          head(
              "?",
              step,
              "not among the files"
                  + (inForce ? ", in force" : "")
                  + (drafts.isEmpty() ? "" : ", draft " + numbers(drafts))
                  + ": left as it is");
    }
  }

  private static String numbers(List<Long> drafts) {
    return String.join(", ", drafts.stream().map(String::valueOf).toList());
  }

  private void head(String mark, Step step, String words) {
    console.line("  " + mark + " " + ("%-" + GAP + "s").formatted(step.rule()) + "  " + words);
  }

  private void differences(List<Difference> differences) {
    for (var one : differences) {
      if (!one.at().isEmpty()) {
        console.line("      " + console.bold(one.at()));
      }
      side(console.red("-"), one.before());
      side(console.green("+"), one.after());
    }
  }

  private void side(String mark, @Nullable String text) {
    if (text != null) {
      console.line("      " + mark + " " + Printable.of(text, WIDEST));
    }
  }

  private void graver(RuleText file) {
    var said = checked.get(file);
    if (said != null && !said.graver().isEmpty()) {
      console.line("      makes agents do more, so two people have to agree:");
      said.graver()
          .forEach(words ->
              console.line("        " + console.yellow("!") + " " + Printable.of(words, 200)));
    }
  }

  static String summary(Plan plan) {
    return count(plan, Step.Begin.class)
        + " to begin, "
        + count(plan, Step.Edit.class)
        + " to change, "
        + count(plan, Step.Same.class)
        + " unchanged, "
        + count(plan, Step.Conflict.class)
        + " in conflict, "
        + count(plan, Step.Elsewhere.class)
        + " on the server alone";
  }

  private static long count(Plan plan, Class<? extends Step> kind) {
    return plan.steps().stream().filter(kind::isInstance).count();
  }

  /// What lint says of the texts.
  static void findings(List<Desk.Said> findings, Console console) {
    for (var one : findings) {
      var word = "%-5s".formatted(one.severity());
      console.line(
          Printable.of(one.file(), WIDEST)
              + ":"
              + one.at()
              + "  "
              + (one.isError() ? console.red(word) : console.yellow(word))
              + "  "
              + one.code()
              + "  "
              + Printable.of(one.message(), 400));
    }
  }
}
