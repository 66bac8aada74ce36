package dev.interdict.server.review;

import static dev.interdict.server.publish.PublishOutcome.Reason.CONFLICT;
import static dev.interdict.server.publish.PublishOutcome.Reason.CONTENT;

import dev.interdict.json.Json;
import dev.interdict.policy.RuleId;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.events.EventKind;
import dev.interdict.server.events.Events;
import dev.interdict.server.store.Secrets;
import dev.interdict.server.store.Sql;
import dev.interdict.server.wording.Sentence;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The rows of drafts within a transaction, with the entry in the audit log that belongs to each
/// change. Every change names what it was made from; if that is not so any more, it is a conflict.
record DraftRows(Connection connection, Audit audit, Instant now) {

  StoredDraft need(long number) throws SQLException {
    var draft =
        Sql.first(connection, "select * from draft where draft_id = ?", StoredDraft::read, number);
    if (draft == null) {
      throw new UndoneException(
          CONTENT, Sentence.of("draft.missing", "there is no draft %s", number));
    }
    return draft;
  }

  /// The draft, which must stand as whoever decides has seen it.
  StoredDraft need(StoredDraft seen) throws SQLException {
    var draft = need(seen.number());
    if (!draft.equals(seen)) {
      var last = revision(draft);
      throw new UndoneException(
          CONFLICT,
          Sentence.of(
              "draft.overtaken",
              "draft %s was changed meanwhile: it is %s now, revision %s by %s. Nothing of yours"
                  + " was written; look at it, then try again",
              draft.number(),
              draft.state().sentence(),
              draft.revision(),
              last.author()));
    }
    if (draft.state().isClosed()) {
      throw new UndoneException(
          CONTENT,
          Sentence.of(
              "draft.is-closed",
              "draft %s is %s already",
              draft.number(),
              draft.state().sentence()));
    }
    return draft;
  }

  Revision revision(StoredDraft draft) throws SQLException {
    return Objects.requireNonNull(
        Sql.first(
            connection,
            "select * from draft_revision where draft_id = ? and revision = ?",
            Revision::read,
            draft.number(),
            draft.revision()),
        "every draft has its newest revision");
  }

  /// Everybody who wrote a text of the draft.
  List<String> authors(StoredDraft draft) throws SQLException {
    return Sql.list(
        connection,
        "select distinct author from draft_revision where draft_id = ? order by author",
        row -> row.getString(1),
        draft.number());
  }

  StoredDraft create(Person by, @Nullable RuleId rule, String origin, String content)
      throws SQLException {
    var last = Sql.first(connection, "select max(draft_id) from draft", row -> row.getLong(1));
    var number = (last == null ? 0 : last) + 1;
    Sql.update(
        connection,
        "insert into draft (draft_id, rule_id, state, revision, origin, created_at, created_by)"
            + " values (?,?,?,1,?,?,?)",
        number,
        rule == null ? null : rule.value(),
        DraftState.OPEN.written(),
        origin,
        now.toEpochMilli(),
        by.name());
    var sha256 = keep(number, 1, by, content);
    noted(by, "draft.create", number, Json.object().put("sha256", sha256).put("origin", origin));
    return need(number);
  }

  /// A new text; whatever was decided on the one before counts no more.
  StoredDraft edit(StoredDraft draft, Person by, @Nullable RuleId rule, String content)
      throws SQLException {
    var revision = draft.revision() + 1;
    update(
        draft,
        "rule_id = ?, state = ?, revision = ?, submitted_at = null, submitted_by = null,"
            + " submitted_note = null, sha256 = null, base_sha256 = null, preview_id = null,"
            + " decided_at = null, decided_by = null, decided_note = null, samples_seen = null,"
            + " few_looked = null, approved_until = null, handed_out_at = null",
        rule == null ? null : rule.value(),
        DraftState.OPEN.written(),
        revision);
    var sha256 = keep(draft.number(), revision, by, content);
    noted(
        by,
        draft.state() == DraftState.OPEN ? "draft.edit" : "draft.edit-voids-review",
        draft.number(),
        Json.object().put("revision", revision).put("sha256", sha256));
    return need(draft.number());
  }

  private String keep(long number, long revision, Person by, String content) throws SQLException {
    var sha256 = Secrets.hash(content.getBytes(StandardCharsets.UTF_8));
    Sql.update(
        connection,
        "insert into draft_revision (draft_id, revision, sha256, content, at, author) values"
            + " (?,?,?,?,?,?)",
        number,
        revision,
        sha256,
        content,
        now.toEpochMilli(),
        by.name());
    return sha256;
  }

  /// Sets columns of a draft that still stands as it was read.
  void update(StoredDraft draft, String columns, @Nullable Object... values) throws SQLException {
    var parameters = new java.util.ArrayList<@Nullable Object>(java.util.Arrays.asList(values));
    parameters.addAll(List.of(draft.number(), draft.revision(), draft.state().written()));
    var changed =
        Sql.update(
            connection,
            "update draft set " + columns + " where draft_id = ? and revision = ? and state = ?",
            parameters.toArray());
    if (changed != 1) {
      throw new UndoneException(
          CONFLICT,
          Sentence.of(
              "draft.same-moment",
              "draft %s was changed at the same moment; try again",
              draft.number()));
    }
  }

  void noted(Person by, String action, long number, Json.Builder detail) throws SQLException {
    audit.append(connection, by.name(), action, name(number), detail.build());
  }

  /// Tells other systems.
  void told(EventKind kind, Person by, StoredDraft draft, @Nullable String note)
      throws SQLException {
    Events.add(
        connection,
        kind,
        now,
        by.name(),
        null,
        draft.rule() == null ? null : draft.rule().value(),
        Json.object()
            .put("draft", draft.number())
            .put("revision", draft.revision())
            .put("note", note)
            .build());
  }

  static String name(long number) {
    return "draft " + number;
  }
}
