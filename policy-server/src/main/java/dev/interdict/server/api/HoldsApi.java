package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.identity.Printable;
import dev.interdict.json.Json;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.RuleId;
import dev.interdict.policy.Stop;
import dev.interdict.server.access.Role;
import dev.interdict.server.breaker.Trip;
import dev.interdict.server.breaker.Trips;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.proposal.LettingGo;
import dev.interdict.server.publish.Brake;
import dev.interdict.server.publish.PublishOutcome;
import dev.interdict.server.publish.PublishedRules;
import dev.interdict.server.publish.Publisher;
import dev.interdict.server.wording.Sentence;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Holding rules, letting go of them, taking them off the list, and what the circuit breaker held.
/// All but letting go can only make agents do less. Thread-safe.
final class HoldsApi implements Operations.Resource {
  private static final Schema.Named HELD =
      Schema.named(
          "Hold",
          needs("all", new Schema.Flag()),
          needs("rules", Schema.list(Schema.any(), Blocklist.MOST_RULES)),
          needs("reason", Schema.any()),
          may("behind", new Schema.Flag()));

  private static final Schema.Named TRIP =
      Schema.named(
          "Trip",
          needs("rule", Schema.any()),
          needs("at", Schema.instant()),
          needs("cause", Schema.any()),
          needs("words", Schema.any()),
          may("resumed", Schema.instant()),
          may("resumed-by", Schema.any()));

  private static final int MOST_RULES = 1_000;

  private final Supplier<Publisher> publisher;
  private final PublishedRules published;
  private final Trips trips;
  private final Function<Brake, LettingGo> letting;
  private final ProposalsApi proposing;
  private final Listing list =
      Listing.whole(
          "trips",
          TRIP,
          List.of(),
          _ -> tripped(),
          HoldsApi::json,
          trip -> trip.rule().value() + " " + trip.at());

  HoldsApi(
      Supplier<Publisher> publisher,
      PublishedRules published,
      Trips trips,
      Function<Brake, LettingGo> letting,
      ProposalsApi proposing) {
    this.publisher = publisher;
    this.published = published;
    this.trips = trips;
    this.letting = letting;
    this.proposing = proposing;
  }

  @Override
  public List<Operation> operations() {
    var rules = new Schema.Items(Schema.text(100), MOST_RULES);
    return List.of(
        Operation.get("/holds", "getHold", "What is held now, as devices read it")
            .answers(200, HELD)
            .may(Role.VIEWER)
            .does(
                Reach.APART,
                _ -> HttpResponse.json(200, json(publisher.get().brake().held()).build())),
        Operation.post("/holds/pause", "pause", "Holds rules on every device, beside what is held")
            .takes(
                may("rules", rules),
                may("all", new Schema.Flag()),
                needs("reason", Schema.text(500)))
            .answers(200, HELD)
            .may(Role.HELPDESK, Role.AUTHOR, Role.APPROVER, Role.SIGNER)
            .does(Reach.WHOLE, this::pause),
        Operation.post(
                "/holds/propose",
                "proposeResume",
                "Proposes to let go of rules, or of all, for somebody else to decide on")
            .takes(may("rules", rules), may("note", Schema.text(500)))
            .answers(200, ProposalsApi.PROPOSAL)
            .may(Role.AUTHOR, Role.APPROVER)
            .does(Reach.WHOLE, this::propose),
        Operation.post(
                "/holds/resume",
                "resume",
                "Lets go of rules, or of all, as somebody else agreed to")
            .takes(may("rules", rules), may("note", Schema.text(500)))
            .answers(200, HELD)
            .may(Role.AUTHOR, Role.APPROVER)
            .proved()
            .does(Reach.WHOLE, this::resume),
        Operation.post(
                "/rules/{rule}/withdraw",
                "withdrawRule",
                "Takes a rule off the list; agents give back what they quarantined")
            .with(Answers.RULE)
            .takes(may("reason", Schema.text(500)))
            .answers(200, DraftPublishingApi.PUBLISHED)
            .may(Role.AUTHOR, Role.APPROVER, Role.SIGNER)
            .proved()
            .does(Reach.WHOLE, this::withdraw),
        list.page(
            "/breaker",
            List.of(),
            "listTrips",
            Reach.WHOLE,
            "What the circuit breaker held and why, newest first",
            Role.VIEWER));
  }

  private List<Trip> tripped() {
    return trips.list();
  }

  private static Set<RuleId> ids(Call call) {
    try {
      return call.texts("rules").stream().map(RuleId::new).collect(Collectors.toSet());
    } catch (IllegalArgumentException e) {
      throw Problem.value("rules", e);
    }
  }

  private HttpResponse pause(Call call) {
    var all = call.flagMember("all");
    var rules = ids(call);
    if (all != rules.isEmpty()) {
      throw Problem.value(
          "rules", Sentence.of("hold.names", "names the rules to hold, or all is true"));
    }
    var brake = publisher.get().brake();
    var reason = call.member("reason");
    if (all) {
      return held(brake.holdAll(call.actor(), reason));
    }
    return held(brake.hold(call.actor(), rules, reason));
  }

  private HttpResponse propose(Call call) {
    return proposing.answer(
        lettingGo().propose(DraftsApi.person(call), ids(call), call.optionalMember("note")));
  }

  private HttpResponse resume(Call call) {
    return held(
        lettingGo().resume(DraftsApi.person(call), ids(call), null, call.optionalMember("note")));
  }

  private LettingGo lettingGo() {
    return letting.apply(publisher.get().brake());
  }

  private HttpResponse withdraw(Call call) {
    RuleId rule;
    try {
      rule = new RuleId(call.text("rule"));
    } catch (IllegalArgumentException e) {
      throw Problem.missing(Sentence.of("rule.no-id", "\"%s\" is no rule's id", call.text("rule")));
    }
    if (!published.now().containsKey(rule)) {
      throw Problem.missing(Sentence.of("rule.not-published", "no rule %s is published", rule));
    }
    return DraftPublishingApi.published(publisher.get().withdraw(call.actor(), rule, reason(call)));
  }

  private static @Nullable String reason(Call call) {
    var reason = call.optionalMember("reason");
    if (reason != null && !Printable.of(reason).equals(reason)) {
      throw Problem.value("reason", Sentence.of("reason.line", "a reason is one line"));
    }
    return reason;
  }

  private static HttpResponse held(PublishOutcome outcome) {
    return switch (outcome) {
      case PublishOutcome.Held(var stop, var behind) ->
          HttpResponse.json(200, json(stop).put("behind", behind).build());
      case PublishOutcome.Refused(var kind, var reason) -> throw Problem.of(kind, reason);
      case PublishOutcome.Done _, PublishOutcome.Unchanged _ ->
          throw new IllegalStateException("a hold publishes no list");
    };
  }

  private static Json.Builder json(Stop stop) {
    return Json.object()
        .put("all", stop.all())
        .put("rules", Json.texts(stop.rules().stream().sorted().map(RuleId::value).toList()))
        .put("reason", stop.reason());
  }

  private static Json.Obj json(Trip trip) {
    return Json.object()
        .put("rule", trip.rule().value())
        .put("at", trip.at().toString())
        .put("cause", trip.cause().written())
        .put("words", trip.words())
        .put("resumed", Answers.text(trip.resumedAt()))
        .put("resumed-by", trip.resumedBy())
        .build();
  }
}
