package dev.interdict.agent.ledger;

import dev.interdict.agent.decide.NoticePhase;
import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.policy.RuleId;
import dev.interdict.report.ActionKind;
import dev.interdict.report.ErrorClass;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;

/// The form of one entry on disk.
final class EntryJson {
  private EntryJson() {}

  static Json write(Entry entry) {
    var json = Json.object().put("rule", entry.rule().value()).put("at", entry.at().toEpochMilli());
    switch (entry) {
      case Entry.Seen _ -> json.put("did", "seen");
      case Entry.Intended _ -> json.put("did", "intended");
      case Entry.Told told ->
          json.put("did", "told")
              .put("term", told.term().toEpochMilli())
              .put("phase", Fields.written(told.phase()))
              .put("channel", told.channel());
      case Entry.Deferred deferred ->
          json.put("did", "deferred")
              .put("term", deferred.term().toEpochMilli())
              .put("by", deferred.by().toString());
      case Entry.Acted acted ->
          json.put("did", "acted")
              .put("kind", Fields.written(acted.kind()))
              .put("identity", acted.identity())
              .put("error", acted.error() == null ? null : Fields.written(acted.error()));
      case Entry.Verified _ -> json.put("did", "verified");
    }
    return json.build();
  }

  static Entry read(Json json) throws JsonException {
    var faults = new ArrayList<Fault>();
    var fields = Fields.of(json, faults);
    var rule = fields.parsed("rule", RuleId::new, new RuleId("unreadable"));
    var at = instant(fields, "at");
    var did = fields.text("did");
    Entry entry =
        switch (did) {
          case "seen" -> new Entry.Seen(rule, at);
          case "intended" -> new Entry.Intended(rule, at);
          case "told" ->
              new Entry.Told(
                  rule,
                  at,
                  instant(fields, "term"),
                  fields.choice("phase", NoticePhase.class),
                  fields.optionalText("channel"));
          case "deferred" ->
              new Entry.Deferred(
                  rule,
                  at,
                  instant(fields, "term"),
                  fields.parsed("by", Duration::parse, Duration.ZERO));
          case "acted" ->
              new Entry.Acted(
                  rule,
                  at,
                  fields.choice("kind", ActionKind.class),
                  fields.text("identity"),
                  fields.has("error") ? fields.choice("error", ErrorClass.class) : null);
          case "verified" -> new Entry.Verified(rule, at);
          default -> throw new JsonException("unknown ledger entry");
        };
    if (!faults.isEmpty()) {
      throw new JsonException("ledger entry not understood: " + faults.getFirst());
    }
    return entry;
  }

  private static Instant instant(Fields fields, String name) {
    return Instant.ofEpochMilli(fields.integer(name, 0, 1L << 52));
  }
}
