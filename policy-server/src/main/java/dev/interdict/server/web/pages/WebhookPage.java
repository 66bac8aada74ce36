package dev.interdict.server.web.pages;

import dev.interdict.server.web.Frame.Crumb;
import dev.interdict.server.web.Page;
import java.util.List;

/// `/integrations/{webhook}`: one webhook, and what became of its newest messages.
final class WebhookPage implements Page {
  private final Fleet fleet;

  WebhookPage(Fleet fleet) {
    this.fleet = fleet;
  }

  @Override
  public String path() {
    return IntegrationsPage.PATH + "/{webhook}";
  }

  @Override
  public Outcome show(Ask ask) {
    var answer = ask.api().read("listDeliveries", "webhook", ask.place("webhook"));
    return new Shown(
        answer.row("webhook").text("name"),
        List.of(new Crumb(ask.words().text("integrations.title"), IntegrationsPage.PATH)),
        new AnswerView("webhook.jte", answer, ask.session().account(), fleet.clock()),
        0);
  }
}
