package dev.interdict.wire;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.report.DeviceId;
import java.util.ArrayList;

/// The last word of a device whose administrator takes it from its server. It makes nothing clear:
/// the server believes nothing good of a device that has left. The request is signed with the
/// device's key and bears a sequence later than all its reports, so that nobody can say it for
/// another device, and one that was recorded does nothing once the device went on.
///
/// @param device who leaves, which must be who signed
/// @param undelivered how many of its reports never reached the server
public record Farewell(DeviceId device, long undelivered) {
  /// A longer one is none.
  public static final int MOST_BYTES = 1 << 10;

  private static final long MOST_REPORTS = 1_000_000;
  private static final JsonLimits LIMITS = new JsonLimits(MOST_BYTES, 2, 100, 10, false);

  /// What stands in `bytes`.
  ///
  /// @throws JsonException if it is malformed or too large
  public static Farewell read(byte[] bytes) throws JsonException {
    var faults = new ArrayList<Fault>();
    var fields = Fields.of(JsonReader.read(bytes, LIMITS), faults);
    var device = fields.text("device");
    var undelivered = fields.integer("undelivered", 0, MOST_REPORTS);
    fields.end();
    if (!faults.isEmpty()) {
      throw new JsonException(faults.getFirst().toString());
    }
    try {
      return new Farewell(new DeviceId(device), undelivered);
    } catch (IllegalArgumentException e) {
      throw new JsonException(String.valueOf(e.getMessage()));
    }
  }

  /// The bytes to sign and send.
  public byte[] write() {
    return JsonWriter.compact(
        Json.object().put("device", device.value()).put("undelivered", undelivered).build());
  }
}
