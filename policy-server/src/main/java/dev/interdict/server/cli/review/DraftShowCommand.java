package dev.interdict.server.cli.review;

import dev.interdict.json.Json;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.review.DraftJson;
import dev.interdict.server.review.Examination;
import dev.interdict.server.review.Preview;
import dev.interdict.server.review.Revision;
import dev.interdict.server.review.StoredDraft;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `interdict draft show`.
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = {
      "Shows all that a reviewer has to know: what would change, what lint and the risk register"
          + " say, whom it would hit.",
      "With --content, prints the text alone."
    })
public final class DraftShowCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private OneDraft one = new OneDraft();

  @Option(names = "--content", description = "Print the rule's text, to be edited.")
  private boolean content;

  public DraftShowCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    return one.look(
        console,
        (open, draft) -> {
          var newest = open.drafts().newest(draft);
          if (content) {
            console.text(newest.content());
            return Exit.OK;
          }
          var examined = open.examined(draft);
          var preview = open.previews().newest(newest.sha256()).orElse(null);
          if (one.options.output().forPrograms()) {
            one.options.output().print(json(draft, newest, examined, preview), console);
          } else {
            new DraftView(open, console).page(draft, examined, preview);
          }
          return Exit.OK;
        });
  }

  private static Json.Obj json(
      StoredDraft draft, Revision newest, Examination examined, @Nullable Preview preview) {
    var direction = examined.direction();
    return DraftJson.head(draft, newest)
        .put("content", newest.content())
        .put("safe", direction.isSafe())
        .put("steps", direction.steps().stream().map(DraftJson::step).toList())
        .put("lint", examined.findings().stream().map(DraftJson::finding).toList())
        .put("preview", preview == null ? null : DraftJson.preview(preview))
        .build();
  }
}
