package dev.interdict.wire;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.report.DeviceId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.regex.Pattern;

/// A device's wish to sign with another key from now on. The request is signed with the key it has,
/// at exactly the time that stands here; the proof is made with the new one, so that nobody can
/// have a key put down that is not theirs. The key it has was made for one server alone, which
/// binds both signatures to that server.
///
/// @param device keeps its id, which is made of its first key
/// @param from the key it has, 64 lower-case hex digits
/// @param to the key it is to have, 64 lower-case hex digits
/// @param at when it was made, to the second
/// @param proof 64 bytes in base64, by the new key over all of the above
public record KeyReplacement(DeviceId device, String from, String to, Instant at, String proof) {
  /// A longer one is none.
  public static final int MOST_BYTES = 1 << 10;

  private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");

  /// The last digit's unused bits are zero, or one proof could be written in sixteen ways.
  private static final Pattern PROOF = Pattern.compile("[A-Za-z0-9+/]{85}[AQgw]==");

  private static final long MOST_SECONDS = 99_999_999_999L;
  private static final JsonLimits LIMITS = new JsonLimits(MOST_BYTES, 2, 100, 10, false);

  public KeyReplacement {
    if (!KEY.matcher(from).matches() || !KEY.matcher(to).matches() || from.equals(to)) {
      throw new IllegalArgumentException(
          "a key is replaced by another one, each of 64 lower-case hex digits");
    }
    if (!PROOF.matcher(proof).matches()) {
      throw new IllegalArgumentException("a proof is 64 bytes in base64");
    }
  }

  /// Proves that `key`, whose public part is `to`, is here.
  public static KeyReplacement prove(
      DeviceId device, String from, String to, PrivateKey key, Instant at) {
    try {
      var signer = Signature.getInstance("Ed25519");
      signer.initSign(key);
      signer.update(statement(device, from, to, at));
      var proof = Base64.getEncoder().encodeToString(signer.sign());
      return new KeyReplacement(
          device, from, to, Instant.ofEpochSecond(at.getEpochSecond()), proof);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign with this device's new key", e);
    }
  }

  /// Whether whoever made this has the new key.
  ///
  /// @throws IllegalArgumentException if the new key is none, or one that anybody could sign for
  public boolean isProven() {
    return MessageSignature.verifies(
        statement(device, from, to, at), Base64.getDecoder().decode(proof), DeviceKey.of(to));
  }

  private static byte[] statement(DeviceId device, String from, String to, Instant at) {
    var lines =
        String.join(
            "\n",
            "interdict device key replacement 1",
            device.value(),
            from,
            to,
            Long.toString(at.getEpochSecond()));
    return lines.getBytes(StandardCharsets.US_ASCII);
  }

  /// The replacement in `bytes`; whether it is proven is another question.
  ///
  /// @throws JsonException if it is malformed or too large
  public static KeyReplacement read(byte[] bytes) throws JsonException {
    var faults = new ArrayList<Fault>();
    var fields = Fields.of(JsonReader.read(bytes, LIMITS), faults);
    var device = fields.text("device");
    var from = fields.text("from");
    var to = fields.text("to");
    var at = fields.integer("at", 0, MOST_SECONDS);
    var proof = fields.text("proof");
    fields.end();
    if (!faults.isEmpty()) {
      throw new JsonException(faults.getFirst().toString());
    }
    try {
      return new KeyReplacement(new DeviceId(device), from, to, Instant.ofEpochSecond(at), proof);
    } catch (IllegalArgumentException e) {
      throw new JsonException(String.valueOf(e.getMessage()));
    }
  }

  /// The bytes to sign and send.
  public byte[] write() {
    return JsonWriter.compact(
        Json.object()
            .put("device", device.value())
            .put("from", from)
            .put("to", to)
            .put("at", at.getEpochSecond())
            .put("proof", proof)
            .build());
  }
}
