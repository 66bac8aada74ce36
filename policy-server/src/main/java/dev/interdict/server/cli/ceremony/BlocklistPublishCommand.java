package dev.interdict.server.cli.ceremony;

import dev.interdict.server.ceremony.SigningDraft.Kind;
import dev.interdict.server.cli.publishing.BreakGlass;
import dev.interdict.server.cli.publishing.Outcomes;
import dev.interdict.server.cli.publishing.ServerOptions;
import dev.interdict.server.cli.review.OpenDrafts;
import dev.interdict.server.cli.setup.Settings;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.proposal.Proposals;
import dev.interdict.server.publish.Consent;
import dev.interdict.server.publish.ListDrafting;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `interdict blocklist publish`.
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    description = {
      "Publishes a draft that enough people have signed. Refused if the list was changed since it"
          + " was drafted, and for what makes agents do more than a review agreed to."
    })
public final class BlocklistPublishCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private Publishing publishing = new Publishing();
  @Mixin private Output output = new Output();
  @Mixin private BreakGlass glass = new BreakGlass();

  public BlocklistPublishCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    var opened = server.open(console);
    try (var _ = opened.parts()) {
      var signed = publishing.complete(Kind.BLOCKLIST, opened.pin(), console);
      var drafting =
          new ListDrafting(
              opened.repository(), opened.publications(), opened.issuer(), console.clock());
      var broken = glass.consent(opened.parts().database(), opened.parts().audit(), opened.actor());
      var parts = opened.parts();
      var proposals = new Proposals(parts.database(), parts.audit(), parts.clock());
      var releases =
          OpenDrafts.of(opened.folder(), Settings.read(opened.folder()), opened.parts(), console)
              .releases();
      var outcome =
          broken == Consent.NOBODY
              ? releases.publishSigned(
                  opened.actor(),
                  consent ->
                      drafting.publish(
                          opened.actor(),
                          signed,
                          Consent.of(consent, proposals.consent(opened.actor()))))
              : drafting.publish(opened.actor(), signed, broken);
      glass.warn(outcome, console);
      return Outcomes.print(outcome, output, console);
    }
  }
}
