package dev.interdict.server.api;

import dev.interdict.json.Json;
import dev.interdict.policy.RuleId;
import dev.interdict.server.access.Role;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.exemptions.About;
import dev.interdict.server.exemptions.CaseGroup;
import dev.interdict.server.exemptions.CaseList;
import dev.interdict.server.exemptions.Cases;
import dev.interdict.server.exemptions.Category;
import dev.interdict.server.exemptions.Request;
import dev.interdict.server.publish.PublishedRules;
import dev.interdict.server.query.Asked;
import dev.interdict.server.query.Order;
import dev.interdict.server.query.Terms;
import dev.interdict.server.wording.Sentence;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The lists of cases and of requests that nobody looked at, of those devices that whoever asks
/// sees. Thread-safe.
final class ExemptionListsApi implements Operations.Resource {
  private static final Duration SOON = Duration.ofDays(14);

  /// What stands for every case.
  private static final String ANY = "any";

  private static final List<String> GROUPS =
      Stream.concat(Stream.of(CaseGroup.values()).map(CaseGroup::word), Stream.of(ANY)).toList();

  /// Those that have an end.
  private static final Set<String> ENDING =
      Set.of(CaseGroup.GRANTED.word(), CaseGroup.ENDING.word());

  private final Cases cases;
  private final CaseList found;
  private final PublishedRules published;
  private final Compliance compliance;
  private final InstantSource clock;
  private final Viewing viewing;
  private final Listing list =
      new Listing(
          "exemptions",
          CaseJson.CASE,
          List.of(
              Keys.words(
                  "state",
                  "confirmed waits for the second person, granted holds, ending does for no more"
                      + " than 14 days, closed are over, any is all of them; granted without."),
              Keys.RULES,
              Keys.words(
                  "category",
                  "Of this category: " + String.join(", ", Category.WRITTEN) + "; -: of none."),
              Keys.sort(
                  "until or opened, or -until or -opened. Without: confirmed by number, granted"
                      + " and ending by their end, all others the newest first.")),
          2,
          this::page,
          (call, rows, sought, exported) -> shown(call, rows, "exemptions", sought, exported));

  private final Listing requests =
      new Listing(
          "requests",
          RequestJson.REQUEST,
          List.of(Keys.RULES),
          3,
          this::requests,
          (call, rows, sought, exported) ->
              shown(call, rows, "exemption-requests", sought, exported));

  private final Listing ofDevice =
      new Listing("cases", CaseJson.CASE, List.of(), 2, this::ofDevice);

  /// @param clock the one that the server signs by
  ExemptionListsApi(
      Cases cases,
      CaseList found,
      PublishedRules published,
      Compliance compliance,
      InstantSource clock,
      Viewing viewing) {
    this.compliance = compliance;
    this.cases = cases;
    this.found = found;
    this.published = published;
    this.clock = clock;
    this.viewing = viewing;
  }

  Listing list() {
    return list;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        list.page(
            "listExemptions",
            Reach.WITHIN,
            "Cases: those that wait, hold, or are over",
            Role.VIEWER),
        requests.page(
            "/exemptions/requests",
            List.of(),
            "listExemptionRequests",
            Reach.WITHIN,
            "Requests that nobody looked at, the one that waits longest first",
            Role.HELPDESK,
            Role.APPROVER,
            Role.AUDITOR),
        ofDevice.page(
            "/devices/{device}/exemptions",
            List.of(Answers.DEVICE),
            "listDeviceExemptions",
            Reach.WITHIN,
            "The cases of one device, of every rule, newest first",
            Role.VIEWER));
  }

  private Listing.Page ofDevice(Call call, @Nullable List<String> after, int size) {
    var device = call.device();
    var scope = call.session().scope();
    if (compliance.within(scope).device(device) == null) {
      throw Problem.missing(Sentence.of("device.not-enrolled", "no device %s is enrolled", device));
    }
    viewing.one(call, device);
    var filter =
        new CaseList.Filter(scope, Terms.ALL, clock.instant(), device, Terms.ALL, Terms.ALL);
    return page(filter, CaseList.NEWEST, after, size);
  }

  private Listing.Page page(Call call, @Nullable List<String> after, int size) {
    var groups = call.asked(ExemptionListsApi::groups);
    var filter =
        new CaseList.Filter(
            call.session().scope(),
            groups,
            clock.instant().plus(SOON),
            null,
            call.asked(asked -> asked.names("rule")),
            call.asked(CaseList::categories));
    var order = call.asked(asked -> asked.order("until", "opened")).orElse(usual(groups));
    return page(filter, order, after, size);
  }

  private static Terms groups(Asked asked) {
    var groups = asked.words("state", GROUPS);
    if (groups.none().contains(ANY)) {
      throw new IllegalArgumentException("state: without \"any\" nothing is left");
    }
    return groups.isAll()
        ? Terms.of(CaseGroup.GRANTED.word())
        : groups.any().contains(ANY) ? new Terms(Set.of(), groups.none()) : groups;
  }

  private static Order usual(Terms groups) {
    var words = groups.any();
    return words.equals(Set.of(CaseGroup.CONFIRMED.word()))
        ? CaseList.OLDEST
        : ENDING.containsAll(words) && !words.isEmpty() ? CaseList.ENDING : CaseList.NEWEST;
  }

  private Listing.Page page(
      CaseList.Filter filter, Order order, @Nullable List<String> after, int size) {
    var json = new CaseJson(cases);
    var place =
        after == null
            ? null
            : new CaseList.Place(
                Cursor.number(after, 0), Cursor.number(after.subList(1, after.size()), 0));
    return Listing.Page.cut(
        found.page(filter, order, place, size + 1),
        size,
        json::json,
        one -> {
          var at = CaseList.Place.of(one, order);
          return List.of(Long.toString(at.key()), Long.toString(at.number()));
        },
        () -> found.count(filter));
  }

  private Listing.Page requests(Call call, @Nullable List<String> after, int size) {
    var wanted = call.asked(asked -> asked.names("rule"));
    var rules =
        published.now().keySet().stream().filter(rule -> wanted.allows(rule.value())).toList();
    var seen = cases.within(call.session().scope());
    return Listing.Page.cut(
        seen.requests(rules, place(after), size + 1),
        size,
        RequestJson::json,
        ExemptionListsApi::place,
        () -> seen.requestCount(rules));
  }

  private static List<String> place(Request one) {
    return List.of(
        Long.toString(one.heard().toEpochMilli()),
        one.about().device(),
        one.about().rule().value());
  }

  private static Cases.@Nullable Waiting place(@Nullable List<String> after) {
    try {
      return after == null
          ? null
          : new Cases.Waiting(
              Instant.ofEpochMilli(Cursor.number(after, 0)),
              new About(after.get(1), new RuleId(after.get(2))));
    } catch (IllegalArgumentException e) {
      throw Problem.query("page_after is not what an answer gave as next");
    }
  }

  private void shown(
      Call call, List<Json.Obj> rows, String list, boolean sought, boolean exported) {
    viewing.rows(call, rows, list, "device", sought, exported);
  }
}
