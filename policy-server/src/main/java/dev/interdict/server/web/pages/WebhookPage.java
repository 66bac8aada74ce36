package dev.interdict.server.web.pages;

import dev.interdict.server.web.Asking;
import dev.interdict.server.web.Frame.Crumb;
import dev.interdict.server.web.Href;
import dev.interdict.server.web.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `/integrations/{webhook}`: one webhook, and what became of its messages.
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
    var webhook = ask.place("webhook");
    var parameters = new LinkedHashMap<>(Asking.chosen(ask.query(), Listed.AFTER));
    parameters.put("webhook", List.of(webhook));
    var answer = ask.api().read("listDeliveries", parameters);
    return new Shown(
        answer.row("webhook").text("name"),
        List.of(new Crumb(ask.words().text("integrations.title"), IntegrationsPage.PATH)),
        new Listed(
            "webhook.jte",
            Href.to(IntegrationsPage.PATH, webhook).address(),
            ask.query(),
            answer,
            "deliveries",
            List.of(),
            Map.of(),
            Map.of(),
            fleet.clock()),
        0);
  }
}
