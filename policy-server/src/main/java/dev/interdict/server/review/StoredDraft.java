package dev.interdict.server.review;

import dev.interdict.policy.RuleId;
import dev.interdict.server.store.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A draft as it stands.
///
/// @param rule as its text says; null where that names none
/// @param revision the newest
/// @param origin where its first text came from, in words
/// @param review of the newest revision; null while it was not submitted
/// @param handedOutAt when the list with its newest text was made for people to sign offline; null
///   while it was not
/// @param closed null while it is neither published nor discarded
/// @param serial under which it was published; null while it was not
public record StoredDraft(
    long number,
    @Nullable RuleId rule,
    DraftState state,
    long revision,
    String origin,
    Step created,
    @Nullable Review review,
    @Nullable Instant handedOutAt,
    @Nullable Step closed,
    @Nullable Long serial) {

  /// Who, when, and what they said to it.
  public record Step(String by, Instant at, @Nullable String note) {}

  /// A review that runs or ran.
  ///
  /// @param sha256 of the text that was submitted
  /// @param base SHA-256 of the rule in force that it was compared with
  /// @param preview null where a draft needs none
  /// @param decided null while nobody has
  /// @param fewLooked why it was submitted although few workstations have looked; null where enough
  ///   have
  /// @param approvedUntil null unless approved
  public record Review(
      Step submitted,
      String sha256,
      String base,
      @Nullable Long preview,
      @Nullable Step decided,
      boolean samplesSeen,
      @Nullable String fewLooked,
      @Nullable Instant approvedUntil) {}

  static StoredDraft read(ResultSet row) throws SQLException {
    var rule = row.getString("rule_id");
    return new StoredDraft(
        row.getLong("draft_id"),
        rule == null ? null : new RuleId(rule),
        DraftState.read(row.getString("state")),
        row.getLong("revision"),
        row.getString("origin"),
        Objects.requireNonNull(step(row, "created", null)),
        review(row),
        instant(row, "handed_out_at"),
        step(row, "closed", "closed_note"),
        Sql.nullableLong(row, "serial"));
  }

  private static @Nullable Review review(ResultSet row) throws SQLException {
    var submitted = step(row, "submitted", "submitted_note");
    if (submitted == null) {
      return null;
    }
    return new Review(
        submitted,
        row.getString("sha256"),
        row.getString("base_sha256"),
        Sql.nullableLong(row, "preview_id"),
        step(row, "decided", "decided_note"),
        Objects.equals(Sql.nullableLong(row, "samples_seen"), 1L),
        row.getString("few_looked"),
        instant(row, "approved_until"));
  }

  private static @Nullable Step step(ResultSet row, String what, @Nullable String note)
      throws SQLException {
    var at = instant(row, what + "_at");
    return at == null
        ? null
        : new Step(row.getString(what + "_by"), at, note == null ? null : row.getString(note));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var millis = Sql.nullableLong(row, column);
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }
}
