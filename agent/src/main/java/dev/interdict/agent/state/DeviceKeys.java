package dev.interdict.agent.state;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.trust.DurableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// The keys that this device signs with: the one in use and, from the moment that it is to be
/// replaced, both, in one file that is replaced whole. The earlier one stays until the next
/// replacement, for a server that was restored from before it took the new one.
///
/// @param from the earlier key; the only one where `to` is null
/// @param to the later key
/// @param taken whether the server said that it has the later one
/// @param since from when the key in use was; null where that was not noted yet
public record DeviceKeys(
    SigningKey from, @Nullable SigningKey to, boolean taken, @Nullable Instant since) {
  private static final int MOST_BYTES = 4 << 10;
  private static final long MOST_MILLIS = 1L << 52;

  /// What stands in the state folder.
  ///
  /// @throws IOException if it is there and cannot be read
  public static DeviceKeys load(StateDirectory state, Enrolment enrolment) throws IOException {
    var file = state.deviceKeys();
    try {
      var bytes = DurableFile.read(file, MOST_BYTES);
      return bytes == null
          ? new DeviceKeys(enrolment.first(), null, false, null)
          : read(bytes, enrolment);
    } catch (IOException | JsonException | GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(file + " is damaged; restore it or enrol this device anew", e);
    }
  }

  private static DeviceKeys read(byte[] bytes, Enrolment enrolment)
      throws JsonException, GeneralSecurityException {
    var faults = new ArrayList<Fault>();
    var fields = Fields.of(JsonReader.read(bytes, JsonLimits.OWN), faults);
    var since = Instant.ofEpochMilli(fields.integer("since", 0, MOST_MILLIS));
    var taken = fields.flag("taken", false);
    var from = fields.optionalObject("from");
    var to = fields.optionalObject("to");
    var earlier = from == null ? enrolment.first() : key(from);
    var keys = new DeviceKeys(earlier, to == null ? null : key(to), taken, since);
    fields.end();
    if (!faults.isEmpty()) {
      throw new JsonException(faults.getFirst().toString());
    }
    return keys;
  }

  private static SigningKey key(Fields fields) throws GeneralSecurityException {
    var pkcs8 = Base64.getDecoder().decode(fields.text("private"));
    var key = new SigningKey(fields.text("public"), SigningKey.read(pkcs8));
    fields.end();
    if (!key.fits()) {
      throw new GeneralSecurityException("the public key is another one's");
    }
    return key;
  }

  /// Writes them down; on disk when this returns.
  public void save(Path file) throws IOException {
    DurableFile.write(
        file,
        JsonWriter.compact(
            Json.object()
                .put("since", since == null ? 0 : since.toEpochMilli())
                .put("taken", taken)
                .put("from", written(from))
                .put("to", to == null ? null : written(to))
                .build()));
  }

  private static Json.Obj written(SigningKey key) {
    return Json.object()
        .put("public", key.publicKey())
        .put("private", Base64.getEncoder().encodeToString(key.key().getEncoded()))
        .build();
  }

  /// The key that the server is known to have.
  public SigningKey current() {
    return to != null && taken ? to : from;
  }

  /// The same with a new key, which the server does not have yet.
  public DeviceKeys renewed() {
    try {
      return new DeviceKeys(current(), SigningKey.generate(), false, since);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform since 15 has Ed25519", e);
    }
  }

  /// The same, of which the server has the later one.
  public DeviceKeys took(Instant now) {
    return new DeviceKeys(from, to, true, now);
  }

  /// The same, where the key in use counts from `now`.
  public DeviceKeys noted(Instant now) {
    return new DeviceKeys(from, to, taken, now);
  }
}
