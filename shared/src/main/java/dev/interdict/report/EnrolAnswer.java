package dev.interdict.report;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import java.util.List;
import java.util.SortedSet;

/// What the server tells a device that it has admitted.
///
/// @param device as the server knows it
/// @param groups that the token puts it in; a server of before knows none
public record EnrolAnswer(DeviceId device, SortedSet<String> groups) {
  /// A longer answer is none.
  public static final int MOST_BYTES = 16 << 10;

  private static final JsonLimits LIMITS = new JsonLimits(MOST_BYTES, 4, 200, 100, false);

  public EnrolAnswer {
    groups = Groups.of(groups);
  }

  /// The answer in `bytes`. What a newer server tells besides is left alone: it cannot be meant for
  /// this version.
  ///
  /// @throws JsonException if it is malformed or too large
  public static EnrolAnswer read(byte[] bytes) throws JsonException {
    var reading = new ReportReading();
    var fields = Fields.of(JsonReader.read(bytes, LIMITS), reading.faults());
    var device = fields.text("device");
    var groups = fields.texts("groups");
    return reading.whole(() -> new EnrolAnswer(new DeviceId(device), Groups.of(groups)));
  }

  /// The bytes to send.
  public byte[] write() {
    return JsonWriter.compact(
        Json.object()
            .put("device", device.value())
            .put("groups", Json.texts(List.copyOf(groups)))
            .build());
  }
}
