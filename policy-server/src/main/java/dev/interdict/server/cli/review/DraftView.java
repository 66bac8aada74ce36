package dev.interdict.server.cli.review;

import dev.interdict.identity.Printable;
import dev.interdict.json.Fields;
import dev.interdict.server.cli.rule.RuleFiles;
import dev.interdict.server.cli.rule.RuleView;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Times;
import dev.interdict.server.direction.Step;
import dev.interdict.server.review.Examination;
import dev.interdict.server.review.Preview;
import dev.interdict.server.review.StoredDraft;
import dev.interdict.server.risk.Register;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A draft as whoever reviews it reads it.
record DraftView(OpenDrafts open, Console console) {

  /// Where it stands.
  void head(StoredDraft draft) {
    var newest = open.drafts().newest(draft);
    console.field(
        "Draft",
        draft.number()
            + ", "
            + (draft.rule() == null ? "no rule id yet" : draft.rule())
            + ": "
            + draft.state().written());
    console.field(
        "Text",
        "revision "
            + newest.number()
            + " by "
            + newest.author()
            + ", "
            + Times.minutes(newest.at())
            + (newest.number() == 1 ? "; " + draft.origin() : ""));
    console.field("SHA-256", newest.sha256());
    var review = draft.review();
    if (review != null) {
      console.field("Submitted", words(review.submitted()));
      if (review.fewLooked() != null) {
        console.field(
            "Few looked",
            console.red("the reviewer answers for it too")
                + ": "
                + Printable.of(review.fewLooked()));
      }
      var decided = review.decided();
      if (decided != null) {
        console.field(
            review.approvedUntil() == null ? "Rejected" : "Approved",
            words(decided) + (review.samplesSeen() ? "; has looked at the sample matches" : ""));
      }
      if (review.approvedUntil() != null && draft.closed() == null) {
        console.field("Holds", "until " + Times.minutes(review.approvedUntil()));
      }
    }
    if (draft.closed() != null) {
      console.field(
          draft.serial() == null ? "Discarded" : "Published",
          words(draft.closed())
              + (draft.serial() == null ? "" : "; under serial " + draft.serial()));
    }
  }

  private static String words(StoredDraft.Step step) {
    return step.by()
        + ", "
        + Times.minutes(step.at())
        + (step.note() == null ? "" : ": " + Printable.of(step.note()));
  }

  /// All that a reviewer has to know.
  void page(StoredDraft draft, Examination examined, @Nullable Preview preview) {
    head(draft);
    console.blank();
    direction(examined);
    console.blank();
    if (examined.findings().isEmpty()) {
      console.line(console.bold("Lint") + " found nothing.");
    } else {
      console.line(console.bold("Lint"));
      RuleFiles.print(examined.findings(), console);
    }
    if (examined.draft() != null) {
      console.blank();
      new RuleView(console).print(examined.draft().rule());
      console.blank();
      risk(examined);
    }
    console.blank();
    if (preview == null) {
      console.line(
          console.bold("Preview")
              + "  none of this text; take one: interdict draft preview "
              + draft.number());
    } else {
      new PreviewView(console).print(preview, open.previews().staleness(preview));
    }
  }

  /// What it changes, each graver step marked.
  void direction(Examination examined) {
    var direction = examined.direction();
    console.line(
        console.bold("Change")
            + (examined.draft() == null
                ? "  unknown, for the text is not understood"
                : direction.isSafe()
                    ? "  makes agents do no more than now: one person may publish it"
                    : "  makes agents do more: two people have to agree"));
    for (var step : direction.steps()) {
      var mark = step.course() == Step.Course.GRAVER ? console.yellow("!") : " ";
      console.line(
          "  " + mark + " " + (step.path().isEmpty() ? "" : step.path() + "  ") + step.words());
    }
  }

  private void risk(Examination examined) {
    var rule = Objects.requireNonNull(examined.draft()).rule();
    var entry = open.examiner().register().of(rule).orElse(null);
    console.line(console.bold("Risk register"));
    if (entry == null) {
      console.line("  no entry");
      return;
    }
    var one = entry.entry();
    console.field("Entry", one.id() + " (" + one.name() + "), version " + entry.version());
    console.field("Risk", Fields.written(one.risk()));
    console.field("Summary", Printable.of(one.summary()));
    one.evidence().forEach(link -> console.field("Evidence", Printable.of(link)));
    console.field("Judged by", Printable.of(String.join(", ", one.reviewers())));
    console.field(
        "Review by",
        one.review()
            + (Register.isOverdue(entry, open.examiner().clock().instant()) ? ", overdue" : ""));
  }
}
