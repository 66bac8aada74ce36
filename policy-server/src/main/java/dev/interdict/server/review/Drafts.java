package dev.interdict.server.review;

import static dev.interdict.server.publish.PublishOutcome.Reason.CONTENT;

import dev.interdict.json.Json;
import dev.interdict.policy.RuleId;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.draft.YamlFile;
import dev.interdict.server.review.DraftOutcome.Done;
import dev.interdict.server.review.DraftOutcome.NotDone;
import dev.interdict.server.store.Database;
import dev.interdict.server.wording.Sentence;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The drafts of rules: every text that one had is kept. Two people who write at once cannot
/// overwrite one another; the later is told. Thread-safe.
public final class Drafts {
  private final Database database;
  private final Audit audit;
  private final InstantSource clock;

  public Drafts(Database database, Audit audit, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /// A new draft with that text, however many errors it has.
  public DraftOutcome create(Person by, String origin, String content) {
    return change(
        by,
        "writes a draft",
        rows -> {
          check(content);
          return rows.create(by, rule(content), origin, content);
        });
  }

  /// The next text of a draft.
  ///
  /// @param seen the draft as it was when its author began to write
  public DraftOutcome edit(Person by, StoredDraft seen, String content) {
    return change(
        by,
        "changes a draft",
        rows -> {
          check(content);
          var draft = rows.need(seen);
          if (rows.revision(draft).content().equals(content)) {
            throw new UndoneException(
                CONTENT, Sentence.of("draft.same-text", "the text is the same as before"));
          }
          return rows.edit(draft, by, rule(content), content);
        });
  }

  /// YAML has no such character, and neither has a database.
  private static void check(String content) {
    if (content.indexOf('\0') >= 0) {
      throw new UndoneException(
          CONTENT, Sentence.of("draft.zero", "the text holds the character U+0000; take it out"));
    }
  }

  /// Gives a draft up.
  public DraftOutcome discard(Person by, StoredDraft seen, String reason) {
    return change(
        by,
        "discards a draft",
        rows -> {
          var draft = rows.need(seen);
          rows.update(
              draft,
              "state = ?, closed_at = ?, closed_by = ?, closed_note = ?",
              DraftState.DISCARDED.written(),
              rows.now().toEpochMilli(),
              by.name(),
              reason);
          rows.noted(by, "draft.discard", draft.number(), Json.object().put("reason", reason));
          return rows.need(draft.number());
        });
  }

  /// What is done within the transaction.
  @FunctionalInterface
  interface Work {
    StoredDraft run(DraftRows rows) throws SQLException;
  }

  private DraftOutcome change(Person by, String what, Work work) {
    return change(rows -> {
      if (!by.mayWrite()) {
        throw new UndoneException(
            CONTENT,
            Sentence.of(
                "draft.authors",
                "%s is no author or approver, and only these %s",
                by.name(),
                what(what)));
      }
      return work.run(rows);
    });
  }

  /// `writes` of one is `write` of many.
  private static String what(String deed) {
    return deed.replaceFirst("s ", " ");
  }

  DraftOutcome change(Work work) {
    var now = clock.instant();
    try {
      return new Done(
          database.write(connection -> work.run(new DraftRows(connection, audit, now))));
    } catch (UndoneException e) {
      return new NotDone(e.kind(), e.why());
    }
  }

  public Optional<StoredDraft> find(long number) {
    return database.read(handle ->
        handle
            .createQuery("select * from draft where draft_id = :number")
            .bind("number", number)
            .map((row, _) -> StoredDraft.read(row))
            .findOne());
  }

  /// Drafts, the newest first.
  ///
  /// @param closed whether those too that were published or given up
  public List<StoredDraft> list(boolean closed) {
    return database
        .read(handle ->
            handle
                .createQuery("select * from draft order by draft_id desc")
                .map((row, _) -> StoredDraft.read(row))
                .list())
        .stream()
        .filter(draft -> closed || !draft.state().isClosed())
        .toList();
  }

  /// All texts of a draft, the newest first.
  public List<Revision> revisions(long number) {
    return database.read(handle ->
        handle
            .createQuery(
                "select * from draft_revision where draft_id = :number order by revision desc")
            .bind("number", number)
            .map((row, _) -> Revision.read(row))
            .list());
  }

  /// The newest text of a draft as it was read: whatever was decided then was decided on that one,
  /// and not on what somebody wrote since.
  public Revision newest(StoredDraft draft) {
    return database.read(handle ->
        handle
            .createQuery(
                "select * from draft_revision where draft_id = :number and revision = :revision")
            .bind("number", draft.number())
            .bind("revision", draft.revision())
            .map((row, _) -> Revision.read(row))
            .one());
  }

  /// The id that a text names; null where it is too broken to name one.
  private static @Nullable RuleId rule(String content) {
    var reading = YamlFile.read("draft", content.getBytes(StandardCharsets.UTF_8));
    if (reading instanceof YamlFile.Reading.Read(var file)
        && file.json() instanceof Json.Obj rule
        && rule.get("id") instanceof Json.Text(var id)) {
      try {
        return new RuleId(id);
      } catch (IllegalArgumentException e) {
        return null;
      }
    }
    return null;
  }
}
