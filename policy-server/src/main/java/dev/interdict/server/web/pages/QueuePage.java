package dev.interdict.server.web.pages;

import dev.interdict.server.web.Page;
import java.util.List;

/// `/queue`: removals that need hands, the longest failing first.
final class QueuePage implements Page {
  static final String PATH = "/queue";

  private final Fleet fleet;

  QueuePage(Fleet fleet) {
    this.fleet = fleet;
  }

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public Outcome show(Ask ask) {
    var list =
        Listed.of(
            "queue.jte",
            ask,
            PATH,
            "listQueueItems",
            "queue-items",
            fleet.clock(),
            List.of("state", "rule", "class", "owner", "dept", "os", "ring", "q", "sort", "before"),
            List.of("before"));
    return new Shown(ask.words().text("queue.title"), List.of(), list, 0);
  }
}
