package dev.interdict.server.api;

import dev.interdict.json.Json;
import dev.interdict.server.access.Role;
import dev.interdict.server.exemptions.Cases;
import dev.interdict.server.exemptions.ExemptionCase;
import dev.interdict.server.exemptions.Request;
import dev.interdict.server.publish.PublishedRules;
import dev.interdict.server.query.Order;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;

/// The lists of cases and of requests that nobody looked at, of those devices that whoever asks
/// sees. Thread-safe.
final class ExemptionListsApi implements Operations.Resource {
  private static final int NEWEST = 1_000;
  private static final Duration SOON = Duration.ofDays(14);

  private final Cases cases;
  private final PublishedRules published;
  private final InstantSource clock;
  private final Viewing viewing;
  private final Listing list =
      Listing.whole(
          "exemptions",
          CaseJson.CASE,
          List.of(
              Parameter.query(
                  "state",
                  Schema.words("confirmed", "granted", "ending", "closed", "any"),
                  "confirmed waits for the second person, granted holds, ending does for no more"
                      + " than 14 days, closed are the newest that are over; granted without."),
              Keys.RULES,
              Keys.sort("until or opened, or -until or -opened; by number without.")),
          this::found,
          this::json,
          ExemptionCase::id,
          (call, rows, sought, exported) -> shown(call, rows, "exemptions", sought, exported));

  private final Listing requests =
      Listing.whole(
          "requests",
          RequestJson.REQUEST,
          List.of(Keys.RULES),
          this::requested,
          RequestJson::json,
          one -> one.about().device() + " " + one.about().rule() + " " + one.id(),
          (call, rows, sought, exported) ->
              shown(call, rows, "exemption-requests", sought, exported));

  /// @param clock the one that the server signs by
  ExemptionListsApi(Cases cases, PublishedRules published, InstantSource clock, Viewing viewing) {
    this.cases = cases;
    this.published = published;
    this.clock = clock;
    this.viewing = viewing;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        list.page(
            "listExemptions",
            Reach.WITHIN,
            "Cases: those that wait, hold, or the newest",
            Role.VIEWER),
        requests.page(
            "/exemptions/requests",
            List.of(),
            "listExemptionRequests",
            Reach.WITHIN,
            "Requests that nobody looked at",
            Role.HELPDESK,
            Role.APPROVER,
            Role.AUDITOR));
  }

  private Json.Obj json(ExemptionCase one) {
    return new CaseJson(cases).json(one);
  }

  private List<ExemptionCase> found(Call call) {
    var seen = cases.within(call.session().scope());
    var found =
        switch (call.optional("state")) {
          case "confirmed" -> seen.confirmed();
          case "ending" -> seen.ending(clock.instant(), SOON);
          case "closed" -> seen.closed(NEWEST);
          case "any" -> seen.newest(NEWEST);
          case null, default -> seen.granted();
        };
    var order = call.asked(asked -> asked.order("until", "opened"));
    var rules = call.asked(asked -> asked.names("rule"));
    var shown = found.stream().filter(one -> rules.allows(one.about().rule().value()));
    return order.map(by -> shown.sorted(comparing(by)).toList()).orElseGet(shown::toList);
  }

  /// Those without an end come last, whichever way.
  private static Comparator<ExemptionCase> comparing(Order order) {
    var way =
        order.falling() ? Comparator.<Instant>reverseOrder() : Comparator.<Instant>naturalOrder();
    return Comparator.comparing(
            (ExemptionCase one) -> order.by().equals("until") ? one.until() : one.opened().at(),
            Comparator.nullsLast(way))
        .thenComparing(ExemptionCase::number);
  }

  private List<Request> requested(Call call) {
    var rules = call.asked(asked -> asked.names("rule"));
    return cases.within(call.session().scope()).requests(published.now().keySet()).stream()
        .filter(one -> rules.allows(one.about().rule().value()))
        .toList();
  }

  private void shown(
      Call call, List<Json.Obj> rows, String list, boolean sought, boolean exported) {
    viewing.rows(call, rows, list, "device", sought, exported);
  }
}
