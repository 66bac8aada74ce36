package dev.interdict.server.cli.publishing;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.policy.Collection;
import dev.interdict.policy.RuleId;
import dev.interdict.server.cli.proposal.ProposalView;
import dev.interdict.server.cli.proposal.Proposing;
import dev.interdict.server.cli.rule.RuleFiles;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.draft.Draft;
import dev.interdict.server.draft.Lint;
import dev.interdict.server.proposal.Proposals;
import dev.interdict.server.publish.Graver;
import dev.interdict.server.publish.PublishOutcome;
import dev.interdict.server.publish.Publisher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `interdict publish`.
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    description = {
      "Signs rules and publishes them under the next serial. Rules of the same ids are replaced,"
          + " all others stay.",
      "Only what makes agents do no more than before: a rule that is observed, a later date, a"
          + " narrower scope. What makes them do more is a draft that two people agree to:"
          + " interdict draft.",
      "Rules that lint finds an error in are refused. Rules that agents of enrolled workstations"
          + " are too old to read are published, with a warning that says how many and which.",
      "Or, with --collection, sets the most that devices may tell. To raise it takes two people:"
          + " --propose, then another agrees with interdict proposal agree, then publish it."
    })
public final class PublishCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private SigningOptions signing = new SigningOptions();
  @Mixin private Output output = new Output();

  @Mixin private CeilingOption ceiling = new CeilingOption();
  @Mixin private BreakGlass glass = new BreakGlass();
  @Mixin private Proposing proposing = new Proposing();

  @Parameters(paramLabel = "FILE", arity = "0..*", description = "Rule files, or folders of them.")
  private List<Path> files = List.of();

  public PublishCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (proposing.asked() && !ceiling.given()) {
      throw new Failure(Exit.USAGE, "a rule is proposed as a draft: interdict draft new --help");
    }
    if (files.isEmpty() != ceiling.given()) {
      throw new Failure(Exit.USAGE, "say what to publish: rule files, or --collection alone");
    }
    if (ceiling.given()) {
      var collection = ceiling.read();
      if (proposing.asked()) {
        return signing.open(
            console,
            (publisher, actor, parts) ->
                ProposalView.print(
                    new Proposals(parts.database(), parts.audit(), parts.clock())
                        .propose(
                            proposing.person(parts, actor),
                            ceilingChange(publisher, collection),
                            null),
                    output,
                    console));
      }
      var set =
          signing.with(
              console,
              (publisher, actor, parts) ->
                  publisher.ceiling(
                      actor,
                      collection,
                      glass.or(
                          new Proposals(parts.database(), parts.audit(), parts.clock())
                              .consent(actor),
                          parts,
                          actor)));
      glass.warn(set, console);
      return Outcomes.print(set, output, console);
    }
    var readings = RuleFiles.read(files);
    var young = new ArrayList<TooYoung>();
    var outcome =
        signing.withFleet(
            console,
            (publisher, parts, actor) -> {
              var now = console.clock().instant();
              var result = new Lint(now, published(publisher)).check(readings);
              if (!output.forPrograms() || !result.publishable()) {
                RuleFiles.print(result.findings(), console);
              }
              if (!result.publishable()) {
                return new PublishOutcome.Refused(
                    PublishOutcome.Reason.CONTENT,
                    "nothing was published; correct the errors above");
              }
              young.addAll(TooYoung.of(rules(result.drafts()), parts.compliance()));
              TooYoung.warn(young, console);
              return publisher.publish(
                  actor, result.drafts(), glass.consent(parts.database(), parts.audit(), actor));
            });
    glass.warn(outcome, console);
    return Outcomes.print(outcome, young, output, console);
  }

  private static Graver ceilingChange(Publisher publisher, @Nullable Collection collection) {
    try {
      return publisher.ceilingChange(collection);
    } catch (JsonException e) {
      throw unreadable(e);
    }
  }

  private static Failure unreadable(JsonException e) {
    return new Failure(
        Exit.TRUST, "the list that is published now cannot be read: " + e.getMessage());
  }

  private static Map<RuleId, Json> rules(List<Draft> drafts) {
    return drafts.stream()
        .collect(Collectors.toMap(draft -> draft.rule().id(), draft -> draft.file().json()));
  }

  private static Map<RuleId, Instant> published(Publisher publisher) {
    try {
      return publisher.effective();
    } catch (JsonException e) {
      throw unreadable(e);
    }
  }
}
