package dev.interdict.server.cli.proposal;

import dev.interdict.json.Json;
import dev.interdict.server.cli.publishing.Outcomes;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.cli.terminal.Times;
import dev.interdict.server.proposal.Proposal;
import dev.interdict.server.proposal.Proposals;
import java.time.Instant;

/// Prints proposals.
public final class ProposalView {
  private ProposalView() {}

  /// What came of proposing or deciding.
  public static int print(Proposals.Outcome outcome, Output output, Console console) {
    switch (outcome) {
      case Proposals.Outcome.Not(var why) ->
          throw new Failure(Outcomes.code(why.kind()), why.reason());
      case Proposals.Outcome.Done(var now) -> {
        if (output.forPrograms()) {
          output.print(json(now, console.clock().instant()), console);
        } else {
          show(now, console);
          console.line(next(now, console.clock().instant()));
        }
      }
    }
    return Exit.OK;
  }

  private static String next(Proposal proposal, Instant now) {
    if (proposal.isOpen(now)) {
      return "Nothing is done yet. Another person agrees: interdict proposal agree "
          + proposal.number();
    }
    return !proposal.agreed()
        ? "It is not done."
        : switch (proposal.kind()) {
          case RESUME -> "Now let go: interdict resume";
          case RING -> "Now move them: the same interdict ring move without --propose";
          case RETIREMENT -> "Now retire them: interdict device retire-agreed " + proposal.number();
          case COLLECTION -> "Now publish it: interdict publish --collection FILE";
        };
  }

  static void show(Proposal proposal, Console console) {
    console.line(
        "%d  %s  %s"
            .formatted(
                proposal.number(), proposal.state(console.clock().instant()), proposal.words()));
    step("proposed", proposal.proposed(), console);
    console.line("   wanted: " + proposal.wanted());
    console.line("   now:    " + proposal.base());
    var decided = proposal.decided();
    if (decided != null) {
      step(proposal.agreed() ? "agreed" : "refused", decided, console);
    }
    var until = proposal.until();
    if (until != null && proposal.used() == null) {
      console.line("   holds until " + Times.minutes(until));
    }
    var used = proposal.used();
    if (used != null) {
      step("used", used, console);
    }
  }

  private static void step(String what, Proposal.Step step, Console console) {
    console.line(
        "   "
            + what
            + " by "
            + step.by()
            + ", "
            + Times.minutes(step.at())
            + (step.note() == null ? "" : ": " + step.note()));
  }

  static Json json(Proposal proposal, Instant now) {
    var until = proposal.until();
    var decided = proposal.decided();
    var used = proposal.used();
    return Json.object()
        .put("proposal", proposal.number())
        .put("kind", proposal.kind().written())
        .put("state", proposal.state(now))
        .put("change", proposal.words())
        .put("wanted", proposal.wanted())
        .put("base", proposal.base())
        .put("proposed-by", proposal.proposed().by())
        .put("proposed", proposal.proposed().at().toString())
        .put("note", proposal.proposed().note())
        .put("decided-by", decided == null ? null : decided.by())
        .put("decided", decided == null ? null : decided.at().toString())
        .put("until", until == null ? null : until.toString())
        .put("used", used == null ? null : used.at().toString())
        .build();
  }
}
