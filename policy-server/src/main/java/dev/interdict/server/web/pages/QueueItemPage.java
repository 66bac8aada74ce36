package dev.interdict.server.web.pages;

import dev.interdict.server.web.Frame.Crumb;
import dev.interdict.server.web.Page;
import java.util.List;
import java.util.Map;

/// `/queue/{device}/{rule}`: one removal that needs hands, and what was done about it.
final class QueueItemPage implements Page {
  private final Fleet fleet;

  QueueItemPage(Fleet fleet) {
    this.fleet = fleet;
  }

  @Override
  public String path() {
    return QueuePage.PATH + "/{device}/{rule}";
  }

  @Override
  public Outcome show(Ask ask) {
    var answer =
        ask.api()
            .read(
                "getQueueItem",
                Map.of("device", List.of(ask.place("device")), "rule", List.of(ask.place("rule"))));
    var title = answer.row("item").text("host") + " · " + fleet.name(ask.place("rule"));
    return new Shown(
        title,
        List.of(new Crumb(ask.words().text("queue.title"), QueuePage.PATH)),
        new AnswerView("queue-item.jte", answer, ask.session().account(), fleet.clock()),
        0);
  }
}
