package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Fault;
import dev.interdict.json.Json;
import dev.interdict.server.access.Role;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.risk.Entry;
import dev.interdict.server.risk.Register;
import dev.interdict.server.risk.Registered;
import dev.interdict.server.wording.Sentence;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The risk register. An entry's ETag is its version; `"0"` is that of one that is not there yet.
/// Thread-safe.
final class RiskApi implements Operations.Resource {
  private static final Parameter ENTRY =
      Parameter.path("entry", Schema.text(100), "The id of a rule or a family.");

  private static final Schema.Named REGISTERED =
      Schema.named(
          "Registered",
          needs("version", Schema.count()),
          needs("at", Schema.instant()),
          needs("by", Schema.any()),
          needs("overdue", new Schema.Flag()),
          needs(
              "entry",
              Schema.named(
                  "RiskEntry",
                  needs("id", Schema.any()),
                  needs("name", Schema.any()),
                  needs("risk", Schema.any()),
                  needs("summary", Schema.any()),
                  needs("evidence", Schema.list(Schema.any(), Entry.MOST_NAMED)),
                  needs("reviewers", Schema.list(Schema.any(), Entry.MOST_NAMED)),
                  needs("review", Schema.day()),
                  may("owner", Schema.any()),
                  may("contact", Schema.any()))));

  private final Register register;
  private final InstantSource clock;
  private final Listing list =
      Listing.whole(
          "risks",
          REGISTERED,
          List.of(
              Parameter.query(
                  "overdue",
                  new Schema.Flag(),
                  "Only those that were to be reviewed before today.")),
          this::registered,
          this::json,
          one -> one.entry().id());

  RiskApi(Register register, InstantSource clock) {
    this.register = register;
    this.clock = clock;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        list.page(
            "listRisks", Reach.APART, "All entries, the next to be reviewed first", Role.VIEWER),
        Operation.get("/risks/{entry}", "getRisk", "One entry")
            .with(ENTRY)
            .answers(200, REGISTERED)
            .may(Role.VIEWER)
            .does(Reach.APART, call -> answer(200, find(call))),
        Operation.put("/risks/{entry}", "putRisk", "Writes an entry down as its next version")
            .with(ENTRY)
            .takes(
                needs("name", Schema.text(200)),
                needs("risk", Schema.words("low", "medium", "high", "critical")),
                needs("summary", Schema.text(4_000)),
                needs("evidence", new Schema.Items(Schema.text(2_000), Entry.MOST_NAMED)),
                needs("reviewers", new Schema.Items(Schema.text(200), Entry.MOST_NAMED)),
                needs("review", Schema.day()),
                may("owner", Schema.text(Entry.MOST_OWNER)),
                may("contact", Schema.text(Entry.MOST_OWNER)))
            .answers(200, REGISTERED)
            .may(Role.AUTHOR, Role.APPROVER)
            .seen()
            .does(Reach.WHOLE, this::put));
  }

  private List<Registered> registered(Call call) {
    var now = clock.instant();
    return call.flag("overdue")
        ? register.list().stream().filter(one -> Register.isOverdue(one, now)).toList()
        : register.list();
  }

  private Registered find(Call call) {
    return register
        .find(call.text("entry"))
        .orElseThrow(() ->
            Problem.missing(Sentence.of("risk.none", "there is no entry %s", call.text("entry"))));
  }

  private HttpResponse put(Call call) {
    var seen = register.find(call.text("entry")).map(Registered::version).orElse(0L);
    call.expect(Answers.tag(seen));
    var whole = Json.object().put("id", call.text("entry"));
    call.body().members().forEach(whole::put);
    var faults = new ArrayList<Fault>();
    var entry = Entry.read(whole.build(), faults);
    if (!faults.isEmpty()) {
      throw Problem.body(faults.stream().map(Wrong::of).toList());
    }
    return answer(
        200,
        register
            .put(call.actor(), entry, seen)
            .orElseThrow(() ->
                Problem.outdated(
                    Sentence.of("wrote-meanwhile", "somebody else wrote it at the same moment"))));
  }

  private HttpResponse answer(int status, Registered one) {
    return Answers.tagged(status, json(one), Answers.tag(one.version()));
  }

  private Json.Obj json(Registered one) {
    return Json.object()
        .put("version", one.version())
        .put("at", one.at().toString())
        .put("by", one.by())
        .put("overdue", Register.isOverdue(one, clock.instant()))
        .put("entry", one.entry().json())
        .build();
  }
}
