package dev.interdict.trust;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.trust.metadata.LogHead;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// What a device saw of the server's audit log: the heads in the timestamps that it verified, the
/// first and the last of each day, for [#MOST] entries at most. A log whose past is written anew or
/// cut off contradicts them. Immutable.
///
/// @param heads in the order in which they were seen
/// @param contradictions those of them that cannot be of the same log as what was seen before
public record WitnessedHeads(List<Seen> heads, List<Seen> contradictions) {
  /// Three months of days.
  public static final int MOST = 180;

  /// Far more than a file has.
  public static final int MOST_BYTES = 128 << 10;

  private static final int MOST_CONTRADICTIONS = 10;

  /// Nothing was seen.
  public static final WitnessedHeads NONE = new WitnessedHeads(List.of(), List.of());

  /// A head and when the timestamp that told it was signed.
  public record Seen(LogHead head, Instant at) {}

  public WitnessedHeads {
    heads = List.copyOf(heads);
    contradictions = List.copyOf(contradictions);
  }

  /// This and one more; this itself where that tells nothing new.
  public WitnessedHeads with(LogHead head, Instant at) {
    var seen = new Seen(head, at);
    if (!heads.isEmpty() && heads.getLast().head().equals(head)) {
      return this;
    }
    var all = new ArrayList<>(heads);
    var bad = new ArrayList<>(contradictions);
    if (contradicts(head)) {
      bad.add(seen);
      // What was seen before stays in any case, or there would be nothing left to hold it against.
    } else if (all.size() > 1
        && isSameDay(all.getLast(), at)
        && isSameDay(all.get(all.size() - 2), at)
        && !bad.contains(all.getLast())) {
      all.removeLast();
    }
    all.add(seen);
    return new WitnessedHeads(newest(all, MOST), newest(bad, MOST_CONTRADICTIONS));
  }

  /// Whether a head is of another log than what was seen since the last time that this happened: it
  /// has another entry at the same place, or is behind. What was seen before that is of a log that
  /// was told of already: one that was restored from a backup grows through all its lengths anew.
  private boolean contradicts(LogHead head) {
    var since = contradictions.isEmpty() ? 0 : heads.lastIndexOf(contradictions.getLast());
    for (var i = Math.max(0, since); i < heads.size(); i++) {
      var known = heads.get(i).head();
      if (known.length() > head.length()
          || known.length() == head.length() && !known.sha256().equals(head.sha256())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSameDay(Seen seen, Instant at) {
    return seen.at()
        .atOffset(ZoneOffset.UTC)
        .toLocalDate()
        .equals(at.atOffset(ZoneOffset.UTC).toLocalDate());
  }

  private static List<Seen> newest(List<Seen> all, int most) {
    return all.subList(Math.max(0, all.size() - most), all.size());
  }

  /// As a file has it.
  public byte[] write() {
    return JsonWriter.compact(
        Json.object()
            .put("heads", heads.stream().map(WitnessedHeads::json).toList())
            .put("contradictions", contradictions.stream().map(WitnessedHeads::json).toList())
            .build());
  }

  private static Json json(Seen seen) {
    return Json.object()
        .put("length", seen.head().length())
        .put("sha256", seen.head().sha256())
        .put("signed", seen.at().toString())
        .build();
  }

  /// What [#write] wrote.
  ///
  /// @throws JsonException if that is not what it is
  public static WitnessedHeads read(byte[] bytes) throws JsonException {
    var faults = new ArrayList<Fault>();
    var fields = Fields.of(JsonReader.read(bytes, JsonLimits.OWN), faults);
    fields.required("heads");
    fields.required("contradictions");
    var heads = fields.list("heads", (item, at) -> seen(Fields.of(item, at, faults)));
    var bad = fields.list("contradictions", (item, at) -> seen(Fields.of(item, at, faults)));
    fields.end();
    if (!faults.isEmpty()) {
      throw new JsonException("heads of a log: " + faults.getFirst());
    }
    return new WitnessedHeads(newest(heads, MOST), newest(bad, MOST_CONTRADICTIONS));
  }

  private static Seen seen(Fields fields) {
    var length = fields.integer("length", 1, 1L << 52);
    var sha256 = fields.text("sha256");
    var at = fields.parsed("signed", Instant::parse, Instant.EPOCH);
    fields.end();
    if (!sha256.matches("[0-9a-f]{64}")) {
      fields.fault("sha256", "must be 64 hex digits");
      return new Seen(new LogHead(1, "0".repeat(64)), at);
    }
    return new Seen(new LogHead(length, sha256), at);
  }
}
