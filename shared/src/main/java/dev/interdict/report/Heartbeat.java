package dev.interdict.report;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import java.util.regex.Pattern;

/// What a device says instead of a report that would tell nothing new: its last one still holds.
///
/// @param report the hash of the last report, of which the device knows that the server has it, 64
///   lower-case hex digits
/// @param after the nonce of the signature of the last heartbeat that the server took since that
///   report; empty where there is none
public record Heartbeat(String report, String after) {
  /// A longer one is none.
  public static final int MOST_BYTES = 512;

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern NONCE = Pattern.compile("([A-Za-z0-9_-]{16,64})?");
  private static final JsonLimits LIMITS = new JsonLimits(MOST_BYTES, 2, 64, 10, false);

  public Heartbeat {
    if (!HASH.matcher(report).matches()) {
      throw new IllegalArgumentException("a report's hash is 64 lower-case hex digits");
    }
    if (!NONCE.matcher(after).matches()) {
      throw new IllegalArgumentException("a nonce is 16 to 64 base64url characters");
    }
  }

  /// The heartbeat in `bytes`.
  ///
  /// @throws JsonException if it is malformed or too large
  public static Heartbeat read(byte[] bytes) throws JsonException {
    var reading = new ReportReading();
    var fields = Fields.of(JsonReader.read(bytes, LIMITS), reading.faults());
    var report = fields.text("report");
    var after = fields.optionalText("after");
    return reading.whole(() -> new Heartbeat(report, after == null ? "" : after));
  }

  /// The bytes to sign and send.
  public byte[] write() {
    return JsonWriter.compact(
        Json.object().put("report", report).put("after", after.isEmpty() ? null : after).build());
  }
}
