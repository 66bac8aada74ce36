package dev.interdict.server.proposal;

import dev.interdict.server.store.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What one person proposes.
///
/// @param wanted what is to be in force, canonical JSON
/// @param base what was in force when it was proposed; it counts against nothing else
/// @param words the change, for whoever decides
/// @param decided null while nobody has
/// @param agreed what was decided
/// @param used when it came into force; null while it has not
public record Proposal(
    long number,
    Kind kind,
    String wanted,
    String base,
    String words,
    Step proposed,
    @Nullable Step decided,
    boolean agreed,
    @Nullable Step used) {

  /// Who, when, and what they said to it.
  public record Step(String by, Instant at, @Nullable String note) {}

  /// Whether somebody may still decide on it.
  public boolean isOpen(Instant now) {
    return decided == null && now.isBefore(proposed.at().plus(Kind.WAITS));
  }

  /// Until when the agreement counts; null without one.
  public @Nullable Instant until() {
    return agreed && decided != null ? decided.at().plus(kind.holds()) : null;
  }

  /// In a word, for people and programs.
  public String state(Instant now) {
    var until = until();
    if (used != null) {
      return "used";
    }
    if (until == null) {
      return isOpen(now) ? "open" : decided == null ? "ended" : "refused";
    }
    return now.isBefore(until) ? "agreed" : "ended";
  }

  static Proposal read(ResultSet row) throws SQLException {
    return new Proposal(
        row.getLong("proposal_id"),
        Kind.read(row.getString("kind")),
        row.getString("wanted"),
        row.getString("base"),
        row.getString("words"),
        Objects.requireNonNull(step(row, "proposed", "note")),
        step(row, "decided", "decided_note"),
        Objects.equals(Sql.nullableLong(row, "agreed"), 1L),
        step(row, "used", null));
  }

  private static @Nullable Step step(ResultSet row, String what, @Nullable String note)
      throws SQLException {
    var at = Sql.nullableLong(row, what + "_at");
    return at == null
        ? null
        : new Step(
            row.getString(what + "_by"),
            Instant.ofEpochMilli(at),
            note == null ? null : row.getString(note));
  }
}
