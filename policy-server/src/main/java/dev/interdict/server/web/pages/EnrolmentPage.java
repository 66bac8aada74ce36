package dev.interdict.server.web.pages;

import dev.interdict.server.web.Page;
import java.util.List;

/// `/enrolment`: the tokens by which workstations join, those that wait for approval, and the
/// company's list of those that there should be.
final class EnrolmentPage implements Page {
  private static final String PATH = "/enrolment";
  private static final String MOST = "200";

  /// Stands for a token where none was just made.
  private static final String NO_TOKEN = "TOKEN";

  private final Fleet fleet;

  EnrolmentPage(Fleet fleet) {
    this.fleet = fleet;
  }

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public Outcome show(Ask ask) {
    // Whoever may not see tokens is told so, not shown an empty page.
    var tokens = ask.api().read("listEnrolmentTokens", "size", MOST);
    var answers =
        new Answered(ask)
            .with("waiting", "listAdmissions", "size", MOST)
            .with("fleet", "getFleet")
            .with("server", "getServer")
            .shown("enrolment.jte", fleet);
    var server = answers.of("server");
    var sent = ask.sent();
    var secret = sent == null || !sent.done() ? "" : sent.answer().text("secret");
    var lines =
        InstallLines.of(
            server.text("agents"), server.text("trust-root"), secret.isEmpty() ? NO_TOKEN : secret);
    return new Shown(
        ask.words().text("enrolment.title"),
        List.of(),
        new EnrolmentView(
            answers,
            EnrolmentView.tokens(tokens, answers.clock().now()),
            lines,
            fleet.rules().stream().findFirst().map(rule -> rule.id().value()).orElse("")),
        0);
  }
}
