package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.policy.RuleId;
import dev.interdict.report.DeviceId;
import dev.interdict.server.access.Role;
import dev.interdict.server.exemptions.About;
import dev.interdict.server.exemptions.DecisionOutcome;
import dev.interdict.server.exemptions.ExemptionFiles;
import dev.interdict.server.exemptions.Standing;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.store.BusyException;
import dev.interdict.server.store.StoreException;
import dev.interdict.server.store.UnknownOutcomeException;
import dev.interdict.server.wording.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The same decision on several exemptions. Each is named with what was seen of it, is decided by
/// itself by the very rules of a single one, and fails by itself: the answer says which were not
/// decided, and why. So nobody does to many what they may not do to one, and two people grant each.
/// Thread-safe.
final class SeveralExemptionsApi implements Operations.Resource {
  /// As many as are decided at once: each of them was looked at.
  static final int MOST = 100;

  private static final Schema.Member CASES =
      needs(
          "cases",
          new Schema.Items(
              Schema.object(
                  needs("device", Schema.text(100)),
                  needs("rule", Schema.text(100)),
                  needs("seen", Schema.text(100))),
              MOST));

  private static final Schema.Member REASON = needs("reason", Schema.text(500));

  private static final Schema.Named DECIDED =
      Schema.named(
          "DecidedExemptions",
          needs("done", Schema.list(CaseJson.CASE, MOST)),
          needs(
              "failed",
              Schema.list(
                  Schema.named(
                      "UndecidedExemption",
                      needs("device", Schema.any()),
                      needs("host", Schema.any()),
                      needs("rule", Schema.any()),
                      needs(
                          "kind",
                          Schema.words(
                              "outdated",
                              "conflict",
                              "refused",
                              "trust",
                              "busy",
                              "unknown",
                              "untried")),
                      needs("reason", Schema.any()),
                      may("reason" + Sentence.SAID, Sentences.SCHEMA)),
                  MOST)),
          may("unpublished", Schema.any()),
          may("unpublished" + Sentence.SAID, Sentences.SCHEMA));

  private static final Logger LOG = LoggerFactory.getLogger(SeveralExemptionsApi.class);

  private final Deciding deciding;
  private final ExemptionFiles files;
  private final Viewing viewing;

  SeveralExemptionsApi(Deciding deciding, ExemptionFiles files, Viewing viewing) {
    this.deciding = deciding;
    this.files = files;
    this.viewing = viewing;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.post(
                "/exemptions/grant",
                "grantExemptions",
                "Takes the next of two steps towards each of several exemptions")
            .takes(Deciding.grant(CASES))
            .answers(200, DECIDED)
            .may(Role.HELPDESK, Role.APPROVER)
            .proved()
            .does(Reach.WITHIN, call -> each(call, deciding::grant)),
        Operation.post(
                "/exemptions/refuse", "refuseExemptions", "Says no to each of several that wait")
            .takes(CASES, REASON, needs("contact", Schema.text(500)))
            .answers(200, DECIDED)
            .may(Role.HELPDESK, Role.APPROVER)
            .does(Reach.WITHIN, call -> each(call, deciding::refuse)),
        Operation.post(
                "/exemptions/end",
                "endExemptions",
                "Takes back what waits, and ends what holds, of several")
            .takes(CASES, REASON)
            .answers(200, DECIDED)
            .may(Role.HELPDESK, Role.APPROVER)
            .proved()
            .does(Reach.WITHIN, call -> each(call, deciding::end)));
  }

  /// One that is to be decided.
  ///
  /// @param about null where nothing can be of that name
  private record Wanted(String device, String rule, String seen, @Nullable About about) {
    static Wanted of(Json.Obj row) {
      var device = text(row, "device");
      var rule = text(row, "rule");
      try {
        var about = new About(new DeviceId(device).value(), new RuleId(rule));
        return new Wanted(device, rule, text(row, "seen"), about);
      } catch (IllegalArgumentException e) {
        return new Wanted(device, rule, text(row, "seen"), null);
      }
    }

    private static String text(Json.Obj row, String name) {
      return row.get(name) instanceof Json.Text(var text) ? text : "";
    }
  }

  /// Written down one by one, then the signed files are made to say it, once. A database that is
  /// lost between two of them is asked for no more: the answer says how far it came, since what was
  /// written down stays.
  private HttpResponse each(Call call, Deciding.Deed deed) {
    var wanted = wanted(call);
    var hindrance = files.hindrance();
    if (hindrance != null) {
      throw Problem.of(hindrance.kind(), hindrance.why());
    }
    var named = wanted.stream().flatMap(one -> Stream.ofNullable(one.about())).distinct().toList();
    var standing = deciding.cases().within(call.session().scope()).standing(named);
    viewing.list(call, standing.keySet().stream().map(About::device).toList(), "exemptions");
    var done = new ArrayList<Json>();
    var failed = new ArrayList<Json>();
    Sentence lost = null;
    for (var one : wanted) {
      var about = one.about();
      var known = about == null ? null : standing.get(about);
      if (about == null || known == null) {
        failed.add(
            failed(
                one,
                "",
                "refused",
                Sentence.of("device.not-enrolled", "no device %s is enrolled", one.device())));
      } else if (lost != null) {
        failed.add(
            failed(
                one,
                known.host(),
                "untried",
                Sentence.of("exemption.untried", "not tried after this: %s", lost)));
      } else {
        try {
          decide(call, deed, one, about, known, done, failed);
        } catch (BusyException e) {
          if (done.isEmpty()) {
            throw e; // It is answered as any other that a busy database keeps from being done.
          }
          lost = told(e);
          failed.add(
              failed(
                  one,
                  known.host(),
                  "busy",
                  Sentence.of("exemption.nothing-done", "%s; nothing was done to it", lost)));
        } catch (StoreException e) {
          lost = told(e);
          failed.add(
              failed(
                  one,
                  known.host(),
                  "busy",
                  Sentence.of("exemption.nothing-done", "%s; nothing was done to it", lost)));
        } catch (UnknownOutcomeException e) {
          lost = told(e);
          failed.add(
              failed(
                  one,
                  known.host(),
                  "unknown",
                  Sentence.of("exemption.look-again", "%s; look at it again", lost)));
        }
      }
    }
    var answer = Json.object().put("done", done).put("failed", failed);
    Sentence.put(answer, "unpublished", done.isEmpty() ? null : unpublished(call));
    return HttpResponse.json(200, answer.build());
  }

  private static void decide(
      Call call,
      Deciding.Deed deed,
      Wanted one,
      About about,
      Standing known,
      List<Json> done,
      List<Json> failed) {
    var now = Deciding.tag(known.seen());
    if (!now.equals(one.seen())) {
      var why = Sentence.of("outdated", "it is %s by now; read it again, then decide", now);
      failed.add(failed(one, known.host(), "outdated", why));
      return;
    }
    switch (deed.run(call, about, known.seen())) {
      case DecisionOutcome.Done(var decided) ->
          done.add(CaseJson.members(decided, known.host()).build());
      case DecisionOutcome.NotDone(var kind, var why) ->
          failed.add(failed(one, known.host(), Problem.word(kind), why));
    }
  }

  /// Why what was written down is not signed; null where it is. Whoever publishes next signs it.
  private @Nullable Sentence unpublished(Call call) {
    try {
      var refused = files.publish(call.actor());
      return refused == null ? null : refused.why();
    } catch (BusyException | StoreException | UnknownOutcomeException e) {
      return told(e);
    }
  }

  /// What a failure says of the statements is for those who run the server.
  private static Sentence told(RuntimeException e) {
    LOG.atWarn().setCause(e).log("the database was lost between decisions on several exemptions");
    return e instanceof StoreException
        ? Sentence.of("database-failed", "the database failed")
        : Sentence.of(e);
  }

  private static List<Wanted> wanted(Call call) {
    var wanted = new ArrayList<Wanted>();
    if (call.body().get("cases") instanceof Json.Arr(var items)) {
      for (var item : items) {
        if (item instanceof Json.Obj row) {
          wanted.add(Wanted.of(row));
        }
      }
    }
    if (wanted.isEmpty()) {
      throw Problem.value("cases", Sentence.of("names-none", "names none"));
    }
    return wanted;
  }

  private static Json failed(Wanted one, String host, String kind, Sentence reason) {
    var answer =
        Json.object()
            .put("device", one.device())
            .put("host", host)
            .put("rule", one.rule())
            .put("kind", kind);
    Sentence.put(answer, "reason", reason);
    return answer.build();
  }
}
