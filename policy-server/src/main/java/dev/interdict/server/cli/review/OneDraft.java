package dev.interdict.server.cli.review;

import dev.interdict.server.cli.publishing.Outcomes;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.review.DraftJson;
import dev.interdict.server.review.DraftOutcome;
import dev.interdict.server.review.Person;
import dev.interdict.server.review.StoredDraft;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// The options of commands that do something to one draft.
final class OneDraft {
  @Mixin DraftOptions options = new DraftOptions();

  @Parameters(index = "0", paramLabel = "DRAFT", description = "The draft's number.")
  private long number;

  /// What is done.
  @FunctionalInterface
  interface Deed {
    DraftOutcome run(OpenDrafts open, Person by, StoredDraft draft) throws IOException;
  }

  /// What is looked at.
  @FunctionalInterface
  interface Look {
    int run(OpenDrafts open, StoredDraft draft) throws IOException;
  }

  int look(Console console, Look look) throws IOException {
    try (var open = options.open(console)) {
      return look.run(open, open.draft(number));
    }
  }

  /// Does it and says what came of it.
  ///
  /// @param next what to do then, for people
  int change(Console console, Deed deed, String next) throws IOException {
    return look(
        console,
        (open, draft) ->
            tell(
                deed.run(open, options.person(open, console), draft),
                open,
                options,
                console,
                next));
  }

  static int tell(
      DraftOutcome outcome, OpenDrafts open, DraftOptions options, Console console, String next) {
    switch (outcome) {
      case DraftOutcome.NotDone(var kind, var why) ->
          throw new Failure(Outcomes.code(kind), why.text());
      case DraftOutcome.Done(var now) -> {
        if (options.output().forPrograms()) {
          options.output().print(DraftJson.of(now, open.drafts()), console);
        } else {
          new DraftView(open, console).head(now);
          console.line(next.replace("%N", String.valueOf(now.number())));
        }
      }
    }
    return Exit.OK;
  }
}
