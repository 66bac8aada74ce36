package dev.interdict.server.review;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.server.wording.Sentence;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whom a text would hit, as far as workstations told at one moment. Kept as evidence.
///
/// @param sha256 of the text
/// @param observed the published rule whose findings stand for the text's; null where none
///   recognises the tool as it does
/// @param looked workstations that say whether they have it
/// @param matched those of them that have it and are in the text's scope
/// @param critical those of the matched that are in a critical group
/// @param reachable enrolled workstations that were in contact within the silent limit
/// @param sighted those of them that say whether they have it
/// @param document everything that was shown
public record Preview(
    long number,
    long draft,
    long revision,
    String sha256,
    Instant takenAt,
    String takenBy,
    @Nullable String observed,
    long enrolled,
    long looked,
    long matched,
    long critical,
    long reachable,
    long sighted,
    Json.Obj document) {
  /// How much of the fleet that is in contact has to have looked before somebody submits a block or
  /// a removal, in percent.
  static final int LEAST_LOOKED = 80;

  /// As people name it, such as `PV-0012`.
  public String id() {
    return "PV-%04d".formatted(number);
  }

  /// Whether there are workstations, and none has looked.
  boolean isBlind() {
    return looked == 0 && enrolled > 0;
  }

  /// Whether so few have looked that somebody has to answer for it: what most would say is not
  /// known.
  public boolean isDim() {
    return enrolled > 0 && (reachable == 0 || sighted * 100 < LEAST_LOOKED * reachable);
  }

  /// How many have looked and how many are missing, for people.
  public Sentence lookedWords() {
    return Sentence.of(
        "preview.few",
        "of %s workstations in contact %s have looked and %s have not; %s have to",
        reachable,
        sighted,
        reachable - sighted,
        Math.max(1, Math.ceilDiv(LEAST_LOOKED * reachable, 100L)));
  }

  /// On how many workstations it will match, if those that have not looked are like those that
  /// have.
  public long estimate() {
    return looked == 0 ? 0 : Math.ceilDiv(Math.multiplyExact(matched, enrolled), looked);
  }

  static Preview read(ResultSet row) throws SQLException {
    return new Preview(
        row.getLong("preview_id"),
        row.getLong("draft_id"),
        row.getLong("revision"),
        row.getString("sha256"),
        Instant.ofEpochMilli(row.getLong("taken_at")),
        row.getString("taken_by"),
        row.getString("observed_rule"),
        row.getLong("enrolled"),
        row.getLong("looked"),
        row.getLong("matched"),
        row.getLong("critical"),
        row.getLong("reachable"),
        row.getLong("sighted"),
        document(row.getString("document")));
  }

  private static Json.Obj document(String text) {
    try {
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      return (Json.Obj) JsonReader.read(bytes, JsonLimits.OWN);
    } catch (JsonException | ClassCastException e) {
      throw new IllegalStateException("a preview in the database cannot be read", e);
    }
  }
}
