package dev.interdict.agent.ledger;

import dev.interdict.decide.NoticePhase;
import dev.interdict.decide.ToldOutcome;
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
import org.jspecify.annotations.Nullable;

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
              .put("person", told.person())
              .put("phase", Fields.written(told.phase()))
              .put("date", millis(told.date()))
              .put("outcome", Fields.written(told.outcome()))
              .put("channel", told.channel())
              .put("awake", told.awake().toMillis());
      case Entry.GaveUp gaveUp ->
          json.put("did", "gave-up")
              .put("term", gaveUp.term().toEpochMilli())
              .put("person", gaveUp.person());
      case Entry.Clicked clicked ->
          json.put("did", "clicked")
              .put("person", clicked.person())
              .put("phase", clicked.phase())
              .put("channel", clicked.channel())
              .put("choice", clicked.choice());
      case Entry.Answered answered ->
          json.put("did", "answered")
              .put("term", answered.term().toEpochMilli())
              .put("person", answered.person())
              .put("id", answered.id())
              .put("kind", Fields.written(answered.kind()))
              .put("until", millis(answered.until()))
              .put("by", answered.by().toString())
              .put("finding", answered.finding())
              .put("text", answered.text());
      case Entry.Mentioned mentioned -> json.put("did", "mentioned").put("what", mentioned.what());
      case Entry.Named named ->
          json.put("did", "named")
              .put("tool", named.tool())
              .put("replacement", named.replacement())
              .put("replacement-url", named.replacementUrl());
      case Entry.Leapt leapt ->
          json.put("did", "leapt")
              .put("since", leapt.since().toEpochMilli())
              .put("by", leapt.by().toString());
      case Entry.Forgot forgot -> json.put("did", "forgot").put("by", forgot.by().toString());
      case Entry.Held held -> json.put("did", "held").put("held", held.held());
      case Entry.Spared spared -> json.put("did", "spared").put("spared", spared.spared());
      case Entry.Acted acted ->
          json.put("did", "acted")
              .put("kind", Fields.written(acted.kind()))
              .put("identity", acted.identity())
              .put("error", acted.error() == null ? null : Fields.written(acted.error()));
      case Entry.Prevented prevented ->
          json.put("did", "prevented")
              .put("kind", Fields.written(prevented.kind()))
              .put("identity", prevented.identity())
              .put("times", prevented.times());
      case Entry.Arrived arrived ->
          json.put("did", "arrived")
              .put("cause", arrived.cause())
              .put("program", arrived.program());
      case Entry.Retried _ -> json.put("did", "retried");
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
                  fields.text("person"),
                  fields.choice("phase", NoticePhase.class),
                  optionalInstant(fields, "date"),
                  fields.choice("outcome", ToldOutcome.class),
                  fields.optionalText("channel"),
                  Duration.ofMillis(fields.integer("awake", 0, 1L << 52)));
          case "gave-up" ->
              new Entry.GaveUp(rule, at, instant(fields, "term"), fields.text("person"));
          case "clicked" ->
              new Entry.Clicked(
                  rule,
                  at,
                  fields.text("person"),
                  fields.text("phase"),
                  fields.text("channel"),
                  fields.optionalText("choice"));
          case "answered" ->
              new Entry.Answered(
                  rule,
                  at,
                  instant(fields, "term"),
                  fields.text("person"),
                  fields.text("id"),
                  fields.choice("kind", Entry.Answer.class),
                  optionalInstant(fields, "until"),
                  fields.parsed("by", Duration::parse, Duration.ZERO),
                  fields.optionalText("finding"),
                  fields.optionalText("text"));
          case "mentioned" -> new Entry.Mentioned(rule, at, fields.text("what"));
          case "named" ->
              new Entry.Named(
                  rule,
                  at,
                  fields.text("tool"),
                  fields.text("replacement"),
                  fields.text("replacement-url"));
          case "leapt" ->
              new Entry.Leapt(
                  rule,
                  at,
                  instant(fields, "since"),
                  fields.parsed("by", Duration::parse, Duration.ZERO));
          case "forgot" ->
              new Entry.Forgot(rule, at, fields.parsed("by", Duration::parse, Duration.ZERO));
          case "held" -> new Entry.Held(rule, at, fields.flag("held", true));
          case "spared" -> new Entry.Spared(rule, at, fields.flag("spared", true));
          case "acted" ->
              new Entry.Acted(
                  rule,
                  at,
                  fields.choice("kind", ActionKind.class),
                  fields.text("identity"),
                  fields.has("error") ? fields.choice("error", ErrorClass.class) : null);
          case "prevented" ->
              new Entry.Prevented(
                  rule,
                  at,
                  fields.choice("kind", ActionKind.class),
                  fields.text("identity"),
                  (int) fields.integer("times", 1, Integer.MAX_VALUE));
          case "arrived" ->
              new Entry.Arrived(rule, at, fields.text("cause"), fields.optionalText("program"));
          case "retried" -> new Entry.Retried(rule, at);
          case "verified" -> new Entry.Verified(rule, at);
          default -> throw new JsonException("unknown ledger entry");
        };
    if (!faults.isEmpty()) {
      throw new JsonException("ledger entry not understood: " + faults.getFirst());
    }
    return entry;
  }

  private static @Nullable Json millis(@Nullable Instant instant) {
    return instant == null ? null : new Json.Int(instant.toEpochMilli());
  }

  private static @Nullable Instant optionalInstant(Fields fields, String name) {
    return fields.has(name) ? instant(fields, name) : null;
  }

  private static Instant instant(Fields fields, String name) {
    return Instant.ofEpochMilli(fields.integer(name, 0, 1L << 52));
  }
}
