package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.policy.RuleId;
import dev.interdict.policy.Stop;
import dev.interdict.server.access.Role;
import dev.interdict.server.breaker.Trip;
import dev.interdict.server.breaker.Trips;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.publish.PublishOutcome;
import dev.interdict.server.publish.PublishedRules;
import dev.interdict.server.publish.Publisher;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Holding rules, letting go of them, taking them off the list, and what the circuit breaker held.
/// All but letting go can only make agents do less. Thread-safe.
final class HoldsApi implements Operations.Resource {
  private static final Schema.Named HELD =
      Schema.named(
          "Hold",
          needs("all", new Schema.Flag()),
          needs("rules", Schema.list(Schema.any())),
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

  HoldsApi(Supplier<Publisher> publisher, PublishedRules published, Trips trips) {
    this.publisher = publisher;
    this.published = published;
    this.trips = trips;
  }

  @Override
  public List<Operation> operations() {
    var rules = new Schema.Items(Schema.text(100), MOST_RULES);
    return List.of(
        Operation.get("/holds", "getHold", "What is held now, as devices read it")
            .answers(200, HELD)
            .may(Role.VIEWER)
            .does(_ -> HttpResponse.json(200, json(publisher.get().held()).build())),
        Operation.post(
                "/holds/pause",
                "pause",
                "Holds rules on every device, in place of an earlier pause")
            .takes(
                may("rules", rules),
                may("all", new Schema.Flag()),
                needs("reason", Schema.text(500)))
            .answers(200, HELD)
            .may(Role.HELPDESK, Role.AUTHOR, Role.APPROVER, Role.SIGNER)
            .does(this::pause),
        Operation.post("/holds/resume", "resume", "Lets go of rules, or of all")
            .takes(may("rules", rules), may("note", Schema.text(500)))
            .answers(200, HELD)
            .may(Role.AUTHOR, Role.APPROVER)
            .proved()
            .does(this::resume),
        Operation.post(
                "/rules/{rule}/withdraw",
                "withdrawRule",
                "Takes a rule off the list; agents give back what they quarantined")
            .with(Answers.RULE)
            .answers(
                200,
                Schema.named(
                    "Withdrawal", needs("serial", Schema.count()), needs("changes", Schema.any())))
            .may(Role.AUTHOR, Role.APPROVER, Role.SIGNER)
            .proved()
            .does(this::withdraw),
        Operation.get(
                "/breaker", "listTrips", "What the circuit breaker held and why, newest first")
            .answers(200, Schema.named("Trips", needs("trips", Schema.list(TRIP))))
            .may(Role.VIEWER)
            .does(_ ->
                HttpResponse.json(
                    200,
                    Json.object()
                        .put("trips", trips.list().stream().map(HoldsApi::json).toList())
                        .build())));
  }

  private static Set<RuleId> ids(Call call) {
    try {
      return call.texts("rules").stream().map(RuleId::new).collect(Collectors.toSet());
    } catch (IllegalArgumentException e) {
      throw Problem.value("rules", e.getMessage());
    }
  }

  private HttpResponse pause(Call call) {
    var all = call.flagMember("all");
    var held = new HashSet<>(ids(call));
    if (all != held.isEmpty()) {
      throw Problem.value("rules", "names the rules to hold, or all is true");
    }
    var now = publisher.get();
    if (!all) {
      var before = now.held();
      if (before.all()) {
        throw Problem.conflict(
            "every rule is held; to hold these alone would let go of all others. If that is wanted,"
                + " resume, then pause them");
      }
      trips.held().stream().filter(before::holds).forEach(held::add);
    }
    return held(now.hold(call.actor(), new Stop(all, held, call.member("reason"))));
  }

  private HttpResponse resume(Call call) {
    var ids = ids(call);
    var publishing = publisher.get();
    var now = publishing.held();
    if (now.all() && !ids.isEmpty()) {
      throw Problem.conflict(
          "every rule is held, so none can be let go by itself; resume without rules");
    }
    var tripped = trips.held();
    if (!ids.isEmpty()) {
      tripped.retainAll(ids);
    }
    if (!tripped.isEmpty()) {
      // Written down first: what the signed file then still holds, it holds too long at worst.
      trips.resume(call.actor(), tripped, call.optionalMember("note"));
    }
    var rest = new HashSet<>(ids.isEmpty() ? Set.<RuleId>of() : now.rules());
    rest.removeAll(ids);
    // One that was withdrawn meanwhile needs no hold, and cannot have one.
    rest.retainAll(published.now().keySet());
    var why = rest.isEmpty() ? "Nothing is held." : now.reason();
    return held(publishing.hold(call.actor(), new Stop(false, rest, why)));
  }

  private HttpResponse withdraw(Call call) {
    RuleId rule;
    try {
      rule = new RuleId(call.text("rule"));
    } catch (IllegalArgumentException e) {
      throw Problem.missing("\"" + call.text("rule") + "\" is no rule's id");
    }
    if (!published.now().containsKey(rule)) {
      throw Problem.missing("no rule " + rule + " is published");
    }
    return switch (publisher.get().withdraw(call.actor(), rule)) {
      case PublishOutcome.Done(var publication) ->
          HttpResponse.json(
              200,
              Json.object()
                  .put("serial", publication.serial())
                  .put("changes", publication.summary())
                  .build());
      case PublishOutcome.Unchanged(var serial) ->
          HttpResponse.json(
              200, Json.object().put("serial", serial).put("changes", "none").build());
      case PublishOutcome.Refused(var kind, var reason) -> throw Problem.of(kind, reason);
      case PublishOutcome.Held _ -> throw new IllegalStateException("a withdrawal holds nothing");
    };
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

  private static Json json(Trip trip) {
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
