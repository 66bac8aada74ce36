package dev.interdict.server.cli.review;

import dev.interdict.policy.RuleId;
import dev.interdict.server.cli.rule.RuleFiles;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.draft.Catalogue;
import dev.interdict.server.draft.YamlText;
import dev.interdict.server.review.DraftOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `interdict draft new`.
@Command(
    name = "new",
    mixinStandardHelpOptions = true,
    description =
        "Begins a draft: from a file, from the catalogue, from the rule in force, or from an"
            + " earlier serial of it.")
public final class DraftNewCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private DraftOptions options = new DraftOptions();

  @Parameters(paramLabel = "FILE", arity = "0..1", description = "A rule file.")
  private @Nullable Path file;

  @Option(names = "--catalogue", paramLabel = "ID", description = "A rule of the catalogue.")
  private @Nullable String catalogue;

  @Option(names = "--rule", paramLabel = "ID", description = "The rule of that id in force.")
  private @Nullable String rule;

  @Option(
      names = "--serial",
      paramLabel = "SERIAL",
      description = "With --rule: as that serial had it, to go back to it.")
  private @Nullable Long serial;

  public DraftNewCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    try (var open = options.open(console)) {
      var by = options.person(open, console);
      var source = source(open);
      var outcome = open.drafts().create(by, source.origin(), source.content());
      var publishable = true;
      if (outcome instanceof DraftOutcome.Done(var now)) {
        var examined = open.examined(now);
        publishable = examined.isPublishable();
        if (!options.output().forPrograms()) {
          RuleFiles.print(examined.findings(), console);
        }
      }
      return OneDraft.tell(
          outcome,
          open,
          options,
          console,
          publishable
              ? "Next: interdict draft observe %N"
              : "Correct it: interdict draft show %N --content > FILE, then interdict draft edit %N"
                  + " FILE --revision 1");
    }
  }

  private record Source(String origin, String content) {}

  private Source source(OpenDrafts open) throws IOException {
    if ((file == null ? 0 : 1) + (catalogue == null ? 0 : 1) + (rule == null ? 0 : 1) != 1
        || serial != null && rule == null) {
      throw new Failure(
          Exit.USAGE, "say from what: FILE, --catalogue ID, or --rule ID with or without --serial");
    }
    if (file != null) {
      return new Source("from the file " + file.getFileName(), Texts.read(file));
    }
    if (catalogue != null) {
      var text =
          Catalogue.rule(catalogue)
              .orElseThrow(() ->
                  new Failure(
                      Exit.FOUND,
                      "the catalogue has no rule \""
                          + catalogue
                          + "\"; it has "
                          + String.join(", ", Catalogue.IDS)));
      return new Source("from the catalogue", Texts.of(text, catalogue));
    }
    var id = id(Objects.requireNonNull(rule));
    var published = open.examiner().published();
    var json = serial == null ? published.now().get(id) : published.of(serial, id).orElse(null);
    if (json == null) {
      throw new Failure(
          Exit.FOUND,
          "no rule " + id + (serial == null ? " is published" : " is in serial " + serial));
    }
    return new Source(
        serial == null ? "from the rule in force" : "from serial " + serial, YamlText.of(json));
  }

  private static RuleId id(String text) {
    try {
      return new RuleId(text);
    } catch (IllegalArgumentException e) {
      throw new Failure(Exit.USAGE, String.valueOf(e.getMessage()));
    }
  }
}
