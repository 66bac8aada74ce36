package dev.interdict.report;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A device's request to become known. The request is signed with the key it presents, which proves
/// possession; the token proves that an admin meant this device to join.
///
/// @param token the enrolment secret as handed out; never logged
/// @param publicKey the device's Ed25519 key, 64 lower-case hex digits (RFC 8032 encoding)
/// @param hardware a keyed or plain hash of the hardware id, so that a re-imaged machine can be
///   told from a new one; never a reason to take over a record; null where there is none
public record EnrolRequest(
    String token, String publicKey, @Nullable String hardware, Device device) {
  private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");
  private static final JsonLimits LIMITS = new JsonLimits(16 << 10, 8, 4 << 10, 100, false);

  public EnrolRequest {
    if (!KEY.matcher(publicKey).matches()) {
      throw new IllegalArgumentException("a device's key is 64 lower-case hex digits");
    }
    hardware = BoundedText.ofNullable(hardware, 128);
  }

  /// The request in `bytes`.
  ///
  /// @throws JsonException if it is malformed or too large
  public static EnrolRequest read(byte[] bytes) throws JsonException {
    var reading = new ReportReading();
    var fields = Fields.of(JsonReader.read(bytes, LIMITS), reading.faults());
    var token = fields.text("token");
    var publicKey = fields.text("public-key");
    var hardware = fields.optionalText("hardware");
    var device = reading.device(fields.object("device"));
    return reading.whole(() -> new EnrolRequest(token, publicKey, hardware, device));
  }

  /// The bytes to sign and send.
  public byte[] write() {
    return JsonWriter.compact(
        Json.object()
            .put("token", token)
            .put("public-key", publicKey)
            .put("hardware", hardware)
            .put("device", ReportJson.json(device))
            .build());
  }

  /// Leaves the secret out.
  @Override
  public String toString() {
    return "EnrolRequest[device=" + device.id() + "]";
  }
}
