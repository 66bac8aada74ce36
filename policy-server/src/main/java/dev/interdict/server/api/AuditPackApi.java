package dev.interdict.server.api;

import dev.interdict.json.Json;
import dev.interdict.policy.Language;
import dev.interdict.server.access.Role;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.evidence.Asked;
import dev.interdict.server.evidence.AuditPack;
import dev.interdict.server.evidence.Period;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.store.Database;
import dev.interdict.server.wording.Sentence;
import dev.interdict.trust.metadata.RepositoryException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// Evidence of a period, as an archive. Each is a line in the audit log. Thread-safe.
final class AuditPackApi implements Operations.Resource {
  private static final String ZIP = "application/zip";

  private final Database database;
  private final Audit audit;
  private final AuditPack pack;
  private final ExportPlaces places;
  private final Viewing viewing;
  private final ZoneId zone;

  /// @param zone in which days are meant where nobody says
  AuditPackApi(
      Database database,
      Audit audit,
      AuditPack pack,
      ExportPlaces places,
      Viewing viewing,
      ZoneId zone) {
    this.database = database;
    this.audit = audit;
    this.pack = pack;
    this.places = places;
    this.viewing = viewing;
    this.zone = zone;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.get(
                "/exports/audit-pack",
                "exportAuditPack",
                "Evidence of a period: a report as PDF, the rows behind it, the signed lists, and"
                    + " what proves them, in one ZIP")
            .with(
                Parameter.query("rule", Schema.text(100), "One rule's id; all rules without."),
                Parameter.needed("from", Schema.day(), "The first day."),
                Parameter.needed(
                    "to", Schema.day(), "The last day, at most " + Period.MOST_DAYS + " in all."),
                Parameter.query(
                    "tz",
                    Schema.text(60),
                    "The time zone in which days begin, such as Asia/Shanghai; the server's own"
                        + " without."),
                Parameter.query(
                    "lang",
                    new Schema.Words(Arrays.stream(Language.values()).map(Language::tag).toList()),
                    "The language of what people read in it; en without."))
            .answers(List.of(ZIP))
            .refuses(404, 409)
            .may(Role.AUDITOR)
            .proved()
            .does(Reach.WHOLE, this::export));
  }

  private HttpResponse export(Call call) {
    var asked = asked(call);
    if (call.request().method().equals("HEAD")) {
      return HttpResponse.of(200, ZIP, new byte[0]);
    }
    var account = call.actor();
    if (!places.begin(account)) {
      return ExportPlaces.taken();
    }
    AuditPack.Ready ready;
    try {
      ready = ready(asked);
      database.write(connection ->
          audit.append(
              connection,
              account,
              "export.audit-pack",
              asked.rule() == null ? "all rules" : asked.rule(),
              Json.object().put("filter", call.request().query()).build()));
    } catch (RuntimeException e) {
      places.end(account);
      throw e;
    }
    var name =
        "interdict-audit-%s-%s-%s.zip"
            .formatted(
                Objects.requireNonNullElse(asked.rule(), "all"),
                asked.period().from(),
                asked.period().to());
    return HttpResponse.streamed(
            ZIP,
            out -> {
              try {
                pack.write(ready, out, places.turns(), ids -> viewing.file(call, ids));
              } finally {
                places.end(account);
              }
            })
        .with("Content-Disposition", "attachment; filename=\"" + name + "\"");
  }

  private AuditPack.Ready ready(Asked asked) {
    try {
      return pack.prepare(asked)
          .orElseThrow(() ->
              Problem.missing(
                  asked.rule() == null
                      ? Sentence.of("pack.not-begun", "the period has not begun")
                      : Sentence.of(
                          "pack.no-rule",
                          "no list that devices could see in this period, so far, had a rule %s",
                          asked.rule())));
    } catch (RepositoryException e) {
      throw Problem.refused(
          409, "trust", "The signed repository does not verify.", String.valueOf(e.getMessage()));
    }
  }

  private Asked asked(Call call) {
    var tz = call.asked(query -> query.zone());
    try {
      var period =
          new Period(
              LocalDate.parse(call.text("from")),
              LocalDate.parse(call.text("to")),
              tz == null ? zone : tz);
      var language = Objects.requireNonNullElse(call.optional("lang"), Language.EN.tag());
      return new Asked(
          call.optional("rule"),
          period,
          Arrays.stream(Language.values())
              .filter(one -> one.tag().equals(language))
              .findAny()
              .orElseThrow());
    } catch (IllegalArgumentException | DateTimeException e) {
      throw Problem.query(String.valueOf(e.getMessage()));
    }
  }
}
