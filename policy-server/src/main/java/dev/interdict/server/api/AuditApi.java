package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.server.access.Role;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.audit.AuditEntry;
import dev.interdict.server.audit.AuditFilter;
import dev.interdict.server.audit.AuditLog;
import dev.interdict.server.audit.Verification;
import dev.interdict.server.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who did what. Thread-safe.
final class AuditApi implements Operations.Resource {
  private static final Schema.Named ROW =
      Schema.named(
          "AuditEntry",
          needs("seq", Schema.count()),
          needs("at", Schema.instant()),
          needs("actor", Schema.any()),
          needs("action", Schema.any()),
          needs("object", Schema.any()),
          needs("detail", new Schema.Document("What was done, by the action.")),
          may("request", Schema.any()),
          needs("previous-hash", Schema.any()),
          needs("hash", Schema.any()));

  private final Audit audit;
  private final AuditLog log;
  private final Listing list =
      new Listing(
          "audit",
          ROW,
          List.of(
              Keys.names("actor", "Who did it."),
              Keys.names("action", "What was done, or what that begins with: draft."),
              Keys.names("object", "To what."),
              Parameter.query(
                  "request",
                  Schema.text(40),
                  "By the request of this id, which its answer, its problem and the server's log"
                      + " name."),
              Keys.FROM,
              Keys.TO,
              Keys.TZ,
              Keys.sort("-at, which is usual, or at.")),
          1,
          this::page);

  AuditApi(Audit audit, AuditLog log) {
    this.audit = audit;
    this.log = log;
  }

  Listing list() {
    return list;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        list.page("listAudit", Reach.WHOLE, "The audit log, newest first", Role.AUDITOR),
        Operation.get("/audit/verification", "verifyAudit", "Whether its chain holds")
            .answers(
                200,
                Schema.named(
                    "AuditVerification",
                    needs("intact", new Schema.Flag()),
                    needs("seq", Schema.count()),
                    may("head", Schema.any()),
                    may("why", Schema.any())))
            .may(Role.AUDITOR)
            .does(Reach.WHOLE, _ -> HttpResponse.json(200, json(audit.verify()))));
  }

  private Listing.Page page(Call call, @Nullable List<String> after, int size) {
    var filter = call.asked(AuditFilter::read);
    return Listing.Page.cut(
        log.list(filter, Cursor.number(after), size + 1),
        size,
        AuditApi::json,
        entry -> List.of(Long.toString(entry.seq())),
        () -> log.count(filter));
  }

  private static Json json(Verification verification) {
    return switch (verification) {
      case Verification.Intact(var length, var head) ->
          Json.object().put("intact", true).put("seq", length).put("head", head).build();
      case Verification.Broken(var seq, var why) ->
          Json.object().put("intact", false).put("seq", seq).put("why", why).build();
    };
  }

  private static Json.Obj json(AuditEntry entry) {
    return Json.object()
        .put("seq", entry.seq())
        .put("at", entry.at().toString())
        .put("actor", entry.actor())
        .put("action", entry.action())
        .put("object", entry.object())
        .put("detail", detail(entry))
        .put("request", entry.request())
        .put("previous-hash", entry.previousHash())
        .put("hash", entry.hash())
        .build();
  }

  private static Json detail(AuditEntry entry) {
    try {
      return JsonReader.read(entry.detail().getBytes(StandardCharsets.UTF_8), JsonLimits.OWN);
    } catch (JsonException e) {
      throw new IllegalStateException("entry " + entry.seq() + " has no readable detail", e);
    }
  }
}
