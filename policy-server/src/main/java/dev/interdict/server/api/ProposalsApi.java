package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.server.access.Role;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.proposal.Proposal;
import dev.interdict.server.proposal.Proposals;
import dev.interdict.server.retirement.Retirements;
import dev.interdict.server.wording.Sentence;
import java.time.InstantSource;
import java.util.List;

/// What takes two people and is no rule: what one proposed, for another to decide on. Thread-safe.
final class ProposalsApi implements Operations.Resource {
  static final Parameter NUMBER =
      Parameter.path("proposal", new Schema.Whole(1, Long.MAX_VALUE), "The proposal's number.");

  private static final Schema.Words STATE =
      Schema.words("open", "refused", "agreed", "ended", "used");

  static final Schema.Named PROPOSAL =
      Schema.named(
          "Proposal",
          needs("proposal", Schema.count()),
          needs("kind", Schema.any()),
          needs("state", STATE),
          needs("change", Schema.any()),
          needs("proposed-by", Schema.any()),
          needs("proposed", Schema.instant()),
          may("note", Schema.any()),
          may("decided-by", Schema.any()),
          may("decided", Schema.instant()),
          may("until", Schema.instant()),
          may("used", Schema.instant()));

  private static final Schema.Named LEAVING =
      Schema.named(
          "LeavingDevice",
          needs("device", Schema.any()),
          needs("department", Schema.any()),
          may("host", Schema.any()),
          may("last-contact", Schema.instant()));

  private static final Schema.Named WHOLE =
      Schema.named(
          "ProposalWhole",
          needs("proposal", PROPOSAL),
          needs("wanted", Schema.any()),
          needs("base", Schema.any()),
          needs("devices", Schema.list(LEAVING, Retirements.MOST)));

  private final Proposals proposals;
  private final Retirements retirements;
  private final Owners owners;
  private final InstantSource clock;
  private final Listing list =
      Listing.whole(
          "proposals",
          PROPOSAL,
          List.of(Keys.words("state", "In this state.")),
          this::proposed,
          this::json,
          proposal -> Long.toString(proposal.number()));

  ProposalsApi(Proposals proposals, Retirements retirements, Owners owners, InstantSource clock) {
    this.proposals = proposals;
    this.retirements = retirements;
    this.owners = owners;
    this.clock = clock;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        list.page("listProposals", Reach.WHOLE, "What was proposed, newest first", Role.VIEWER),
        Operation.get(
                "/proposals/{proposal}",
                "getProposal",
                "A proposal with what is to be in force, and what was when it was proposed")
            .with(NUMBER)
            .answers(200, WHOLE)
            .may(Role.VIEWER)
            .does(Reach.WHOLE, this::one),
        decision("agree", "agreeProposal", "Agrees to what somebody else proposed", true),
        decision("refuse", "refuseProposal", "Refuses what was proposed", false));
  }

  private List<Proposal> proposed(Call call) {
    var states = call.asked(asked -> asked.words("state", STATE.words()));
    var now = clock.instant();
    return proposals.list().stream().filter(one -> states.allows(one.state(now))).toList();
  }

  private Operation decision(String verb, String id, String summary, boolean agrees) {
    return Operation.post("/proposals/{proposal}/" + verb, id, summary)
        .with(NUMBER)
        .takes(may("note", Schema.text(500)))
        .answers(200, PROPOSAL)
        .may(Role.APPROVER)
        .proved()
        .does(Reach.WHOLE, call -> decide(call, agrees));
  }

  private Proposal named(Call call) {
    var number = call.number("proposal", 0);
    return proposals
        .find(number)
        .orElseThrow(
            () -> Problem.missing(Sentence.of("proposal.none", "there is no proposal %s", number)));
  }

  private HttpResponse one(Call call) {
    var proposal = named(call);
    return HttpResponse.json(
        200,
        Json.object()
            .put("proposal", json(proposal))
            .put("wanted", proposal.wanted())
            .put("base", proposal.base())
            .put(
                "devices",
                retirements.leaving(proposal).stream()
                    .map(each ->
                        Json.object()
                            .put("device", each.device())
                            .put("department", each.department())
                            .put("host", each.host().isEmpty() ? null : each.host())
                            .put("last-contact", Answers.text(each.lastContact()))
                            .build())
                    .toList())
            .build());
  }

  private HttpResponse decide(Call call, boolean agrees) {
    var seen = named(call);
    if (agrees) {
      owners.apart(
          seen.proposed().by(), call.actor(), Sentence.of("token.proposed", "proposed it"));
    }
    var note = call.optionalMember("note");
    return answer(proposals.decide(DraftsApi.person(call), seen, agrees, note));
  }

  HttpResponse answer(Proposals.Outcome outcome) {
    return switch (outcome) {
      case Proposals.Outcome.Done(var now) -> HttpResponse.json(200, json(now));
      case Proposals.Outcome.Not(var why) -> throw Problem.of(why.kind(), why.why());
    };
  }

  private Json.Obj json(Proposal proposal) {
    var decided = proposal.decided();
    var used = proposal.used();
    return Json.object()
        .put("proposal", proposal.number())
        .put("kind", proposal.kind().written())
        .put("state", proposal.state(clock.instant()))
        .put("change", proposal.words())
        .put("proposed-by", proposal.proposed().by())
        .put("proposed", proposal.proposed().at().toString())
        .put("note", proposal.proposed().note())
        .put("decided-by", decided == null ? null : decided.by())
        .put("decided", decided == null ? null : decided.at().toString())
        .put("until", Answers.text(proposal.until()))
        .put("used", used == null ? null : used.at().toString())
        .build();
  }
}
