package dev.interdict.agent.enforce;

import dev.interdict.agent.inventory.Amendment;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.policy.RuleId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Journal records as JSON objects.
final class JournalJson {
  private static final HeldId NONE = new HeldId("0".repeat(32));

  private JournalJson() {}

  static Json write(JournalRecord record) {
    var out = Json.object().put("id", record.id().text()).put("step", step(record));
    switch (record) {
      case JournalRecord.Take take -> write(take, out);
      case JournalRecord.Amend amend ->
          out.put("sha256", amend.sha256())
              .put("result", amend.result())
              .put("basis", amend.basis().text())
              .put("cuts", amend.cuts().stream().map(JournalJson::json).toList());
      case JournalRecord.Copied copied -> out.put("digest", copied.digest());
      case JournalRecord.Taken taken ->
          out.put("digest", taken.digest()).put("bytes", taken.bytes());
      case JournalRecord.CopiedBack copied -> out.put("file", json(copied.file()));
      case JournalRecord.Emptied emptied ->
          out.put("owner", json(emptied.owner()))
              .put("path", emptied.path().toString())
              .put("uid", emptied.uid())
              .put("gid", emptied.gid())
              .put("mode", emptied.mode());
      case JournalRecord.Stub stub ->
          out.put("sha256", stub.sha256()).put("until", stub.until().toString());
      case JournalRecord.Stubbed _,
          JournalRecord.Unstub _,
          JournalRecord.Unstubbed _,
          JournalRecord.Amended _,
          JournalRecord.Settled _,
          JournalRecord.Removing _,
          JournalRecord.PutBack _,
          JournalRecord.GiveBack _,
          JournalRecord.GivenBack _,
          JournalRecord.KeptBack _,
          JournalRecord.Purge _,
          JournalRecord.Purged _ -> {}
    }
    return out.build();
  }

  private static void write(JournalRecord.Take take, Json.Builder out) {
    var reasons = Json.object();
    take.reasons().forEach(reasons::put);
    out.put("rule", take.rule().value())
        .put("item", take.item())
        .put("owner", json(take.owner()))
        .put("path", take.path().toString())
        .put("file", json(take.file()))
        .put("kind", Fields.written(take.kind()))
        .put("at", take.at().toString())
        .put("until", take.until().toString())
        .put("reasons", reasons.build());
  }

  private static String step(JournalRecord record) {
    return switch (record) {
      case JournalRecord.Take _ -> "take";
      case JournalRecord.Amend _ -> "amend";
      case JournalRecord.Amended _ -> "amended";
      case JournalRecord.Settled _ -> "settled";
      case JournalRecord.Copied _ -> "copied";
      case JournalRecord.Removing _ -> "removing";
      case JournalRecord.Taken _ -> "taken";
      case JournalRecord.PutBack _ -> "put-back";
      case JournalRecord.GiveBack _ -> "give-back";
      case JournalRecord.CopiedBack _ -> "copied-back";
      case JournalRecord.GivenBack _ -> "given-back";
      case JournalRecord.KeptBack _ -> "kept-back";
      case JournalRecord.Purge _ -> "purge";
      case JournalRecord.Purged _ -> "purged";
      case JournalRecord.Emptied _ -> "emptied";
      case JournalRecord.Stub _ -> "stub";
      case JournalRecord.Stubbed _ -> "stubbed";
      case JournalRecord.Unstub _ -> "unstub";
      case JournalRecord.Unstubbed _ -> "unstubbed";
    };
  }

  private static Json json(FileId id) {
    return Json.object().put("device", id.device()).put("inode", id.inode()).build();
  }

  private static Json json(Amendment.Cut cut) {
    return Json.object()
        .put("from", cut.from())
        .put("to", cut.to())
        .put("before", cut.before())
        .put("after", cut.after())
        .build();
  }

  private static @Nullable Json json(@Nullable Home home) {
    return home == null
        ? null
        : Json.object()
            .put("user", home.user())
            .put("uid", home.uid())
            .put("path", home.path().toString())
            .build();
  }

  /// @throws JsonException if it is no record that this agent knows
  static JournalRecord read(Json json) throws JsonException {
    var faults = new ArrayList<Fault>();
    var fields = Fields.of(json, faults);
    var id = fields.parsed("id", HeldId::new, NONE);
    var record = read(fields, id);
    fields.end();
    if (record == null || !faults.isEmpty()) {
      throw new JsonException("not a journal record: " + faults);
    }
    return record;
  }

  private static @Nullable JournalRecord read(Fields fields, HeldId id) {
    return switch (fields.text("step")) {
      case "take" -> take(fields, id);
      case "amend" ->
          new JournalRecord.Amend(
              id,
              fields.text("sha256"),
              fields.text("result"),
              fields.parsed("basis", HeldId::new, NONE),
              fields.list("cuts", (cut, at) -> cut(Fields.of(cut, at, fields.faults()))));
      case "amended" -> new JournalRecord.Amended(id);
      case "settled" -> new JournalRecord.Settled(id);
      case "copied" -> new JournalRecord.Copied(id, fields.text("digest"));
      case "removing" -> new JournalRecord.Removing(id);
      case "taken" ->
          new JournalRecord.Taken(
              id, fields.text("digest"), fields.integer("bytes", 0, Long.MAX_VALUE));
      case "put-back" -> new JournalRecord.PutBack(id);
      case "give-back" -> new JournalRecord.GiveBack(id);
      case "copied-back" -> new JournalRecord.CopiedBack(id, file(fields));
      case "given-back" -> new JournalRecord.GivenBack(id);
      case "kept-back" -> new JournalRecord.KeptBack(id);
      case "purge" -> new JournalRecord.Purge(id);
      case "purged" -> new JournalRecord.Purged(id);
      case "emptied" ->
          new JournalRecord.Emptied(
              id,
              home(fields),
              path(fields),
              number(fields, "uid"),
              number(fields, "gid"),
              number(fields, "mode"));
      case "stub" ->
          new JournalRecord.Stub(
              id, fields.text("sha256"), fields.parsed("until", Instant::parse, Instant.EPOCH));
      case "stubbed" -> new JournalRecord.Stubbed(id);
      case "unstub" -> new JournalRecord.Unstub(id);
      case "unstubbed" -> new JournalRecord.Unstubbed(id);
      default -> null;
    };
  }

  private static Amendment.Cut cut(Fields fields) {
    var from = (int) fields.integer("from", 0, Amendment.MOST_BYTES);
    var to = (int) fields.integer("to", 0, Amendment.MOST_BYTES);
    var before = (int) fields.integer("before", 0, Amendment.MOST_BYTES);
    var after = (int) fields.integer("after", 0, Amendment.MOST_BYTES);
    fields.end();
    try {
      return new Amendment.Cut(from, to, before, after);
    } catch (IllegalArgumentException e) {
      fields.fault("from", String.valueOf(e.getMessage()));
      return new Amendment.Cut(0, 1, 0, 1);
    }
  }

  private static JournalRecord take(Fields fields, HeldId id) {
    return new JournalRecord.Take(
        id,
        fields.parsed("rule", RuleId::new, new RuleId("unreadable")),
        fields.text("item"),
        home(fields),
        path(fields),
        file(fields),
        fields.choice("kind", FileKind.class),
        fields.parsed("at", Instant::parse, Instant.EPOCH),
        fields.parsed("until", Instant::parse, Instant.MAX),
        reasons(fields.object("reasons")));
  }

  private static Map<String, String> reasons(Fields fields) {
    var reasons = new HashMap<String, String>();
    fields.names().forEach(language -> reasons.put(language, fields.text(language)));
    fields.end();
    return reasons;
  }

  private static @Nullable Home home(Fields outer) {
    var fields = outer.optionalObject("owner");
    if (fields == null) {
      return null;
    }
    var home = new Home(fields.text("user"), number(fields, "uid"), path(fields));
    fields.end();
    return home;
  }

  private static FileId file(Fields outer) {
    var fields = outer.object("file");
    var id =
        new FileId(
            fields.integer("device", Long.MIN_VALUE, Long.MAX_VALUE),
            fields.integer("inode", Long.MIN_VALUE, Long.MAX_VALUE));
    fields.end();
    return id;
  }

  private static BytePath path(Fields fields) {
    return fields.parsed("path", BytePath::parse, BytePath.ROOT);
  }

  private static int number(Fields fields, String name) {
    // Users and groups have no sign in the kernel and one here.
    return (int) fields.integer(name, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }
}
