package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.server.access.Role;
import dev.interdict.server.events.Event;
import dev.interdict.server.events.EventFilter;
import dev.interdict.server.events.EventLog;
import dev.interdict.server.events.Links;
import dev.interdict.server.ocsf.Ocsf;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What happened in the whole fleet, as other systems are told it: for those who read the audit
/// log. Thread-safe.
final class EventsApi implements Operations.Resource {
  static final Schema.Named ROW =
      Schema.named(
          "Event",
          needs("id", Schema.any()),
          needs("type", Schema.any()),
          needs("timestamp", Schema.instant()),
          needs("summary", Schema.any()),
          may("actor", Schema.any()),
          may("device", Schema.any()),
          may("rule", Schema.any()),
          needs("detail", new Schema.Document("Texts, whole numbers and truth values by name.")),
          needs("link", Schema.any()));

  private final EventLog log;
  private final Links links;
  private final Viewing viewing;

  EventsApi(EventLog log, Links links, Viewing viewing) {
    this.viewing = viewing;
    this.log = log;
    this.links = links;
  }

  Listing list() {
    return listing(event -> event.json(links.of(event)), Viewing.BY_ID);
  }

  /// The same rows as objects of OCSF.
  Listing ocsf(Ocsf ocsf) {
    return listing(event -> ocsf.event(event, links.of(event)), Viewing.BY_OCSF);
  }

  private Listing listing(
      Function<Event, Json.Obj> json, Function<Json.Obj, @Nullable String> device) {
    return new Listing(
        "events",
        ROW,
        List.of(
            Keys.words("type", "Of this type."),
            Keys.RULES,
            Keys.FROM,
            Keys.TO,
            Keys.TZ,
            Keys.sort("timestamp, which is usual, or -timestamp.")),
        1,
        (call, after, size) -> page(call.asked(EventFilter::read), after, size, json),
        (call, rows, sought, exported) ->
            viewing.rows(call, rows, "events", device, sought, exported));
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        list().page("listEvents", Reach.WHOLE, "What happened, oldest first", Role.AUDITOR));
  }

  private Listing.Page page(
      EventFilter filter, @Nullable List<String> after, int size, Function<Event, Json.Obj> json) {
    return Listing.Page.cut(
        log.list(filter, Cursor.number(after), size + 1),
        size,
        json,
        event -> List.of(Long.toString(event.seq())),
        () -> log.count(filter));
  }
}
