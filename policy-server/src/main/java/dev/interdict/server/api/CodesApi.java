package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.offline.Challenge;
import dev.interdict.offline.CodeKey;
import dev.interdict.policy.RuleId;
import dev.interdict.report.DeviceId;
import dev.interdict.server.access.Role;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.exemptions.About;
import dev.interdict.server.exemptions.CaseState;
import dev.interdict.server.exemptions.Cases;
import dev.interdict.server.exemptions.CodeDesk;
import dev.interdict.server.exemptions.CodeKeyFile;
import dev.interdict.server.exemptions.Decider;
import dev.interdict.server.exemptions.Decisions;
import dev.interdict.server.exemptions.ExemptionFiles;
import dev.interdict.server.exemptions.FiledRequests;
import dev.interdict.server.exemptions.IssuedCodes;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.publish.PublishedRules;
import dev.interdict.server.store.Database;
import dev.interdict.server.wording.Sentence;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Codes that are read out to employees whose workstation cannot reach the server. What one person
/// may do alone in an emergency is a command's and not here. Thread-safe.
final class CodesApi implements Operations.Resource {
  private static final Schema.Named CODE =
      Schema.named(
          "OneTimeCode",
          may("code", Schema.any()),
          may("name", Schema.any()),
          may("until", Schema.instant()),
          needs("case", CaseJson.CASE),
          may("unpublished", Schema.any()),
          may("unpublished" + Sentence.SAID, Sentences.SCHEMA));

  private final Database database;
  private final Cases cases;
  private final Decisions decisions;
  private final ExemptionFiles files;
  private final PublishedRules published;
  private final Path keys;
  private final Compliance compliance;
  private final Owners owners;
  private final Viewing viewing;

  /// @param keys the folder of the server's keys, which is looked at anew for each code
  CodesApi(
      Database database,
      Cases cases,
      Decisions decisions,
      ExemptionFiles files,
      PublishedRules published,
      Path keys,
      Compliance compliance,
      Owners owners,
      Viewing viewing) {
    this.database = database;
    this.cases = cases;
    this.decisions = decisions;
    this.files = files;
    this.published = published;
    this.keys = keys;
    this.compliance = compliance;
    this.owners = owners;
    this.viewing = viewing;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.post(
                "/devices/{device}/exemption-codes",
                "answerChallenge",
                "Answers what an employee without a network reads out, by a code for him to type")
            .with(Answers.DEVICE)
            .takes(
                needs("challenge", Schema.text(60)),
                needs("days", new Schema.Whole(1, CodeDesk.LONGEST.toDays())),
                needs("reason", Schema.text(500)))
            .answers(200, CODE)
            .may(Role.HELPDESK, Role.APPROVER)
            .proved()
            .secret()
            .does(Reach.WITHIN, this::answer));
  }

  /// The case is written down first, then the signed files are made to say it; the code itself
  /// works without.
  private HttpResponse answer(Call call) {
    var device = call.device();
    if (compliance.within(call.session().scope()).device(device) == null) {
      throw Problem.missing(Sentence.of("device.not-enrolled", "no device %s is enrolled", device));
    }
    viewing.one(call, device);
    var challenge = challenge(call, device);
    var about = new About(device.value(), rule(challenge));
    var desk = new CodeDesk(database, decisions, key());
    var hindrance = files.hindrance();
    if (hindrance != null) {
      throw Problem.of(hindrance.kind(), hindrance.why());
    }
    var person = owners.of(call.actor());
    if (new FiledRequests(database).has(person, about)) {
      throw Problem.notDone(FiledRequests.ownRequest(person, about));
    }
    cases.of(about).stream()
        .filter(one -> one.state() == CaseState.CONFIRMED)
        .forEach(one ->
            owners.apart(
                one.opened().by(),
                call.actor(),
                Sentence.of("token.first-step", "took the first step")));
    var asked =
        new CodeDesk.Call(
            challenge, Duration.ofDays(call.numberMember("days", 1)), call.member("reason"), null);
    var by = new Decider(call.actor(), call.roles());
    var json =
        switch (desk.answer(by, about, cases.seen(about), asked)) {
          case CodeDesk.Outcome.NotGiven(var why) -> throw Problem.of(why.kind(), why.why());
          case CodeDesk.Outcome.Begun(var one) ->
              Json.object().put("case", new CaseJson(cases).json(one));
          case CodeDesk.Outcome.Given(var one, var name, var code, var until) ->
              Json.object()
                  .put("code", code.text())
                  .put("name", name)
                  .put("until", until.toString())
                  .put("case", new CaseJson(cases).json(one));
        };
    var unpublished = files.publish(call.actor());
    Sentence.put(json, "unpublished", unpublished == null ? null : unpublished.why());
    return HttpResponse.json(200, json.build());
  }

  private static Challenge challenge(Call call, DeviceId device) {
    var challenge = call.member("challenge", Challenge::read);
    if (!challenge.isOf(device)) {
      throw Problem.value(
          "challenge",
          Sentence.of(
              "code.other-device",
              "it is of a workstation whose id begins with %s, and not of this one",
              challenge.device()));
    }
    return challenge;
  }

  private RuleId rule(Challenge challenge) {
    var rules = CodeDesk.rules(published.now().keySet(), challenge);
    if (rules.size() != 1) {
      throw Problem.value(
          "challenge",
          rules.isEmpty()
              ? Sentence.of("code.no-rule", "it is for no rule that is published")
              : Sentence.of(
                  "code.several",
                  "it may be for any of %s; have a new one shown with --fresh",
                  rules));
    }
    return rules.getFirst();
  }

  private CodeKey key() {
    @Nullable CodeKey key;
    try {
      key = CodeKeyFile.read(keys);
    } catch (IOException e) {
      throw Problem.refused(
          409,
          "trust",
          "It cannot be signed here.",
          Sentence.of("code.key-unread", "the key for codes cannot be read: %s", e));
    }
    if (key == null || !new IssuedCodes(database).isTold(key)) {
      throw Problem.refused(
          409,
          "trust",
          "It cannot be signed here.",
          Sentence.of(
              "code.no-key",
              "devices know of no key for codes that is on this server; run on it: interdict"
                  + " exemption code-key"));
    }
    return key;
  }
}
