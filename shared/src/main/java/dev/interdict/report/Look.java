package dev.interdict.report;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// One look of a person at the page of a device. The server tells the device of it in its answer to
/// a report, `{"looks":[{"at":…,"who":…,"role":…}]}`, so that the device's users can see who
/// looked. Not signed, and for reading only.
///
/// @param at by the server's clock
/// @param who the person's name with the server, at most 80 characters
/// @param role in which they looked, such as `viewer`, at most 40 characters
public record Look(Instant at, String who, String role) {
  /// Most looks in one answer; the rest waits for the next report.
  public static final int MOST = 30;

  private static final JsonLimits LIMITS = new JsonLimits(64 << 10, 8, 1 << 10, 1000, false);

  public Look {
    who = BoundedText.of(who, 80);
    role = BoundedText.of(role, 40);
  }

  /// The looks in an answer of the server.
  ///
  /// @throws JsonException if it is malformed or holds more than [#MOST]
  public static List<Look> read(byte[] bytes) throws JsonException {
    return read(bytes, MOST);
  }

  /// As [#read(byte[])], with another bound.
  public static List<Look> read(byte[] bytes, int most) throws JsonException {
    var faults = new ArrayList<Fault>();
    var fields = Fields.of(JsonReader.read(bytes, LIMITS), faults);
    var looks = list(fields, most, faults);
    fields.optional(ChainAnswer.EXPECTED);
    fields.end();
    if (!faults.isEmpty()) {
      throw new JsonException("looks not understood: " + faults.getFirst());
    }
    return looks;
  }

  /// The member `looks` of a document, empty where it has none; what is wrong goes to `faults`.
  public static List<Look> list(Fields fields, int most, List<Fault> faults) {
    if (fields.optional("looks") instanceof Json.Arr(var items) && items.size() > most) {
      fields.fault("looks", "has " + items.size() + " items, the most is " + most);
      return List.of();
    }
    return fields.list(
        "looks",
        (item, at) -> {
          var look = Fields.of(item, at, faults);
          var read =
              new Look(
                  look.parsed("at", ReportReading::time, Instant.EPOCH),
                  look.text("who"),
                  look.text("role"));
          look.end();
          return read;
        });
  }

  /// As an answer holds them.
  public static byte[] write(List<Look> looks) {
    return JsonWriter.compact(
        Json.object().put("looks", looks.stream().map(Look::json).toList()).build());
  }

  /// One of them.
  public Json json() {
    return Json.object().put("at", ReportJson.time(at)).put("who", who).put("role", role).build();
  }
}
