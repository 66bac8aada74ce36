package dev.interdict.server.cli.ceremony;

import dev.interdict.json.JsonException;
import dev.interdict.policy.RuleId;
import dev.interdict.server.ceremony.SigningDraft;
import dev.interdict.server.ceremony.SigningDraft.Kind;
import dev.interdict.server.ceremony.SigningDraftFile;
import dev.interdict.server.cli.publishing.BreakGlass;
import dev.interdict.server.cli.publishing.CeilingOption;
import dev.interdict.server.cli.publishing.Outcomes;
import dev.interdict.server.cli.publishing.ServerOptions;
import dev.interdict.server.cli.review.OpenDrafts;
import dev.interdict.server.cli.rule.RuleFiles;
import dev.interdict.server.cli.setup.Acting;
import dev.interdict.server.cli.setup.Settings;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.cli.terminal.PrivateFile;
import dev.interdict.server.draft.Draft;
import dev.interdict.server.draft.Lint;
import dev.interdict.server.proposal.Proposals;
import dev.interdict.server.publish.Consent;
import dev.interdict.server.publish.ListChange;
import dev.interdict.server.publish.ListDrafting;
import dev.interdict.server.publish.Recognition;
import dev.interdict.server.review.DraftOutcome;
import dev.interdict.server.review.Person;
import dev.interdict.server.review.Releases;
import dev.interdict.server.review.SignersCount;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `interdict blocklist draft`.
@Command(
    name = "draft",
    mixinStandardHelpOptions = true,
    description = {
      "Makes the next list for people to sign: rules from files take the place of those of the same"
          + " ids, all others stay.",
      "Nothing is published. The draft goes from signer to signer, then back: interdict blocklist"
          + " publish."
    })
public final class BlocklistDraftCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ServerOptions server = new ServerOptions();

  @Parameters(paramLabel = "FILE", arity = "0..*", description = "Rule files, or folders of them.")
  private List<Path> files = List.of();

  @Option(
      names = "--withdraw",
      paramLabel = "RULE",
      description = "Take a rule off the list. May be repeated.")
  private List<String> withdrawn = List.of();

  @Option(
      names = "--rollback",
      paramLabel = "SERIAL",
      description = "The rules of an earlier serial, as interdict history shows it.")
  private @Nullable Long serial;

  @Mixin private CeilingOption ceiling = new CeilingOption();

  @Option(
      names = "--reviewed",
      paramLabel = "DRAFT",
      description = "An approved draft, as interdict draft list shows it.")
  private @Nullable Long reviewed;

  @Option(
      names = "--observe",
      paramLabel = "DRAFT",
      description = "What a draft recognises, in observe mode, before it is previewed.")
  private @Nullable Long observed;

  @Mixin private BreakGlass glass = new BreakGlass();

  @Option(names = "--renew", description = "Sign the same list again, before it expires.")
  private boolean renew;

  @Option(
      names = "--out",
      paramLabel = "DRAFT",
      required = true,
      description = "The file to make; never overwritten.")
  private Path out = Path.of("");

  public BlocklistDraftCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    var edits = !files.isEmpty() || !withdrawn.isEmpty();
    if ((edits ? 1 : 0)
            + (serial == null ? 0 : 1)
            + (renew ? 1 : 0)
            + (ceiling.given() ? 1 : 0)
            + (reviewed == null ? 0 : 1)
            + (observed == null ? 0 : 1)
        != 1) {
      throw new Failure(
          Exit.USAGE,
          "say what to change: --reviewed, --observe, rule files, --withdraw, --rollback,"
              + " --collection or --renew");
    }
    PrivateFile.refuseExisting(out);
    var opened = server.open(console);
    try (var parts = opened.parts()) {
      var drafting =
          new ListDrafting(
              opened.repository(), opened.publications(), opened.issuer(), console.clock());
      if (reviewed != null || observed != null) {
        return stored(drafting, opened);
      }
      var agreed = new Proposals(parts.database(), parts.audit(), parts.clock()).glance();
      var consent = glass.or(agreed, parts, opened.actor());
      return done(drafting, change(drafting), consent, opened);
    }
  }

  private int done(
      ListDrafting drafting, ListChange change, Consent consent, ServerOptions.Opened opened)
      throws IOException {
    var outcome =
        drafting.draft(
            opened.actor(),
            change,
            consent,
            new SignersCount(opened.parts().compliance(), new Recognition(opened.publications())));
    return switch (outcome) {
      case ListDrafting.Outcome.Drafted(var draft) -> written(draft, opened);
      case ListDrafting.Outcome.Not(var why) -> Outcomes.print(why, new Output(), console);
    };
  }

  /// The list with a draft out of the database. One that two people agreed to waits for signers
  /// from now on.
  private int stored(ListDrafting drafting, ServerOptions.Opened opened) throws IOException {
    var open =
        OpenDrafts.of(opened.folder(), Settings.read(opened.folder()), opened.parts(), console);
    var account = Acting.onFleet(opened.parts(), opened.actor());
    var by = new Person(account.name(), account.roles());
    var draft = open.draft(reviewed != null ? reviewed : Objects.requireNonNull(observed));
    var edit =
        reviewed != null
            ? open.releases().signedElsewhere(by, draft)
            : open.releases().trial(by, draft);
    return switch (edit) {
      case Releases.Edit.Not(var why) -> Outcomes.print(why, new Output(), console);
      case Releases.Edit.Ready(var change, var consent) -> {
        var code = done(drafting, change, consent, opened);
        if (reviewed != null
            && code == Exit.OK
            && open.releases().handedOut(by, draft)
                instanceof DraftOutcome.NotDone(var kind, var why)) {
          throw new Failure(Outcomes.code(kind), why.text());
        }
        yield code;
      }
    };
  }

  private ListChange change(ListDrafting drafting) throws IOException {
    if (serial != null) {
      return new ListChange.Republish(serial);
    }
    if (ceiling.given()) {
      return new ListChange.Ceiling(ceiling.read());
    }
    return renew ? new ListChange.Renew() : new ListChange.Edit(rules(drafting), ids());
  }

  private List<Draft> rules(ListDrafting drafting) throws IOException {
    try {
      var lint = new Lint(console.clock().instant(), drafting.effective());
      var result = lint.check(RuleFiles.read(files));
      RuleFiles.print(result.findings(), console);
      if (!result.publishable()) {
        throw new Failure(Exit.REFUSED, "nothing was drafted; correct the errors above");
      }
      return result.drafts();
    } catch (JsonException e) {
      throw new Failure(
          Exit.TRUST, "the list that is published now cannot be read: " + e.getMessage());
    }
  }

  private Set<RuleId> ids() {
    try {
      return withdrawn.stream().map(RuleId::new).collect(Collectors.toSet());
    } catch (IllegalArgumentException e) {
      throw new Failure(Exit.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private int written(SigningDraft draft, ServerOptions.Opened opened) throws IOException {
    SigningDraftFile.write(out, draft);
    var inspected = TrustOptions.inspect(draft, Kind.BLOCKLIST, opened.pin(), console);
    new DraftView(inspected, console).print();
    console.blank();
    console.line(
        "Drafted in "
            + out
            + ". Take it to each signer: interdict blocklist sign "
            + out.getFileName()
            + " --key …");
    return Exit.OK;
  }
}
