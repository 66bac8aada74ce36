package dev.interdict.server.review;

import dev.interdict.json.JsonException;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.RuleId;
import dev.interdict.policy.Vocabulary;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.publish.Recognition;
import dev.interdict.server.review.StoredDraft.Review;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import dev.interdict.server.wording.Sentence;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Previews of whom a draft would hit. Only workstations match, and only what they matched is here:
/// so a text is previewed by what they report of a published rule that recognises the tool in the
/// same way, such as its own trial. Thread-safe.
public final class Previews {
  /// How long a preview counts.
  public static final Duration HOLDS = Duration.ofDays(7);

  /// How much of the fleet may be different before it counts no more, in percent.
  static final int MOST_MOVED = 5;

  private final Database database;
  private final Audit audit;
  private final InstantSource clock;
  private final Recognition recognition;
  private final Duration silentAfter;
  private final Set<String> criticalGroups;

  /// @param criticalGroups of which a reviewer has to look at the matches
  public Previews(
      Database database,
      Audit audit,
      InstantSource clock,
      Recognition recognition,
      Duration silentAfter,
      Set<String> criticalGroups) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
    this.recognition = recognition;
    this.silentAfter = silentAfter;
    this.criticalGroups = Set.copyOf(criticalGroups);
  }

  /// Takes a preview of a draft's newest text and keeps it.
  ///
  /// @param examined that text, which the device's reader understands
  public Preview take(Person by, StoredDraft draft, Revision revision, Examination examined) {
    var now = clock.instant();
    var rule = Objects.requireNonNull(examined.draft(), "only what is understood is previewed");
    var json = rule.file().json();
    var sight = sight(rule.rule().id(), json);
    var impact =
        database.read(handle ->
            new ImpactQuery(handle, now, now.minus(silentAfter), criticalGroups)
                .of(rule.rule(), sight, examined.inForce(), Vocabulary.needs(json)));
    return database.write(connection -> {
      var last =
          Sql.first(connection, "select max(preview_id) from preview", row -> row.getLong(1));
      var number = (last == null ? 0 : last) + 1;
      var document =
          new String(JsonWriter.canonical(impact.json()), java.nio.charset.StandardCharsets.UTF_8);
      Sql.update(
          connection,
          "insert into preview (preview_id, draft_id, revision, sha256, taken_at, taken_by,"
              + " observed_rule, enrolled, looked, matched, critical, document, reachable, sighted)"
              + " values (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
          number,
          draft.number(),
          revision.number(),
          revision.sha256(),
          now.toEpochMilli(),
          by.name(),
          sight == null ? null : sight.rule().value(),
          impact.enrolled(),
          impact.looked(),
          impact.matched(),
          impact.inCriticalGroups(),
          document,
          impact.reachable(),
          impact.sighted());
      var taken =
          Sql.first(
              connection, "select * from preview where preview_id = ?", Preview::read, number);
      var preview = Objects.requireNonNull(taken, "it was just written");
      audit.append(
          connection,
          by.name(),
          "draft.preview",
          DraftRows.name(draft.number()),
          dev.interdict.json.Json.object()
              .put("preview", preview.id())
              .put("sha256", revision.sha256())
              .put("matched", preview.matched())
              .put("looked", preview.looked())
              .put("enrolled", preview.enrolled())
              .build());
      return preview;
    });
  }

  /// The published rule by which workstations look for the same, and since which serial.
  record Sight(RuleId rule, long since) {}

  private @Nullable Sight sight(RuleId id, dev.interdict.json.Json rule) {
    for (var candidate : List.of(id, Trial.of(id))) {
      var since = since(candidate, rule);
      if (since.isPresent()) {
        return new Sight(candidate, since.getAsLong());
      }
    }
    return null;
  }

  private OptionalLong since(RuleId id, dev.interdict.json.Json rule) {
    try {
      return recognition.since(id, rule);
    } catch (JsonException e) {
      throw new IllegalStateException("a published list cannot be read", e);
    }
  }

  /// At most `most` previews, newest first.
  ///
  /// @param draft null for those of all drafts
  /// @param before the number that they are below
  public List<Preview> list(@Nullable Long draft, long before, int most) {
    return database.read(handle ->
        handle
            .createQuery(
                "select * from preview where preview_id < :before"
                    + (draft == null ? "" : " and draft_id = :draft")
                    + " order by preview_id desc limit :most")
            .bindMap(draft == null ? Map.of() : Map.of("draft", draft))
            .bind("before", before)
            .bind("most", most)
            .map((row, _) -> Preview.read(row))
            .list());
  }

  /// How many there are.
  public long count(@Nullable Long draft) {
    return database.read(handle ->
        handle
            .createQuery(
                "select count(*) from preview" + (draft == null ? "" : " where draft_id = :draft"))
            .bindMap(draft == null ? Map.of() : Map.of("draft", draft))
            .mapTo(Long.class)
            .one());
  }

  /// The preview of that number.
  public Optional<Preview> find(long number) {
    return database.read(handle ->
        handle
            .createQuery("select * from preview where preview_id = :number")
            .bind("number", number)
            .map((row, _) -> Preview.read(row))
            .findOne());
  }

  /// The newest preview of a text.
  public Optional<Preview> newest(String sha256) {
    return database.read(handle ->
        handle
            .createQuery(
                "select * from preview where sha256 = :sha256 order by preview_id desc limit 1")
            .bind("sha256", sha256)
            .map((row, _) -> Preview.read(row))
            .findOne());
  }

  /// The preview that a review stands on.
  public Preview need(Review review) {
    var number = Objects.requireNonNull(review.preview(), "every review stands on a preview");
    return find(number).orElseThrow();
  }

  /// Why a preview counts no more, or null.
  public @Nullable Sentence staleness(@Nullable Preview preview) {
    if (preview == null) {
      return null;
    }
    if (!clock.instant().isBefore(preview.takenAt().plus(HOLDS))) {
      return Sentence.of("preview.old", "preview %s is older than 7 days", preview.id());
    }
    var moved = moved(preview);
    return moved * 100 > MOST_MOVED * Math.max(preview.enrolled(), 1)
        ? Sentence.of(
            "preview.moved",
            "on %s workstations something is different from when preview %s was taken, of %s then",
            moved,
            preview.id(),
            preview.enrolled())
        : null;
  }

  /// How many workstations came, went, or tell something else of the observed rule.
  private long moved(Preview preview) {
    return database.read(handle ->
        handle
            .createQuery(
                "select count(*) from device d left join rule_state s on s.device_id = d.device_id"
                    + " and s.rule_id = :rule where d.enrolled_at > :at or d.standing_at > :at or"
                    + " s.since > :at")
            .bind("rule", Objects.requireNonNullElse(preview.observed(), ""))
            .bind("at", preview.takenAt().toEpochMilli())
            .mapTo(Long.class)
            .one());
  }

  /// Until when a preview counts, if nothing moves.
  public static Instant until(Preview preview) {
    return preview.takenAt().plus(HOLDS);
  }
}
