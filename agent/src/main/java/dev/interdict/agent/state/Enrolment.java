package dev.interdict.agent.state;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.report.DeviceId;
import dev.interdict.report.Groups;
import dev.interdict.trust.DurableFile;
import dev.interdict.wire.DeviceKey;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// Who this device is and which server it belongs to. The private key was made here and stays here.
/// The device's id and its pseudonyms are made of this first key for ever; which key it signs with
/// is told by [DeviceKeys].
///
/// @param publicKey 64 hex digits
/// @param pseudonymKey keys the hashes that stand for account names
/// @param groups that the enrolment token put it in; none before it is admitted
public record Enrolment(
    URI server,
    DeviceId device,
    String publicKey,
    PrivateKey key,
    byte[] pseudonymKey,
    SortedSet<String> groups) {
  public Enrolment {
    groups = Groups.of(groups);
  }

  /// What stands in the state folder, or null where the device was not enrolled.
  ///
  /// @throws IOException if it is there and cannot be read
  public static @Nullable Enrolment load(StateDirectory state) throws IOException {
    if (!Files.exists(state.enrolment())) {
      return null;
    }
    var faults = new ArrayList<Fault>();
    try {
      var fields =
          Fields.of(JsonReader.read(Files.readAllBytes(state.enrolment()), JsonLimits.OWN), faults);
      var server = fields.parsed("server", URI::create, URI.create(""));
      var publicKey = fields.text("public-key");
      var groups = Groups.of(fields.texts("groups"));
      fields.end();
      if (!faults.isEmpty()) {
        throw new JsonException(faults.getFirst().toString());
      }
      var key = SigningKey.read(Files.readAllBytes(state.deviceKey()));
      var enrolment = of(server, publicKey, key).in(groups);
      if (!enrolment.first().fits()) {
        throw new GeneralSecurityException("the public key is another one's");
      }
      return enrolment;
    } catch (IOException | JsonException | GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(
          state.enrolment()
              + " or "
              + state.deviceKey()
              + " is damaged or gone; run: interdict-agent unenrol, and enrol this device anew",
          e);
    }
  }

  /// The identity of a device that is about to join `server`: that of an earlier try whose answer
  /// got lost, so that the server knows it again, or else a new one. It is on disk when this
  /// returns.
  ///
  /// @throws IOException if it cannot be written
  public static Enrolment begin(URI server, StateDirectory state) throws IOException {
    var earlier = earlier(server, state);
    if (earlier != null && DeviceKeys.load(state, earlier).to() == null) {
      return earlier;
    }
    // Another device's keys, or those of one whose first key proves nothing any more.
    Files.deleteIfExists(state.deviceKeys());
    var fresh = create(server);
    fresh.saveKey(state);
    return fresh;
  }

  private static @Nullable Enrolment earlier(URI server, StateDirectory state) throws IOException {
    if (!Files.exists(state.deviceKey()) || !Files.exists(publicKey(state))) {
      return null;
    }
    try {
      var stored =
          of(
              server,
              Files.readString(publicKey(state), StandardCharsets.US_ASCII).strip(),
              SigningKey.read(Files.readAllBytes(state.deviceKey())));
      return stored.first().fits() ? stored : null;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // Half-written or damaged: nobody was enrolled with it.
      return null;
    }
  }

  private static Path publicKey(StateDirectory state) {
    return state.path().resolve("device.pub");
  }

  /// A new identity for a device that joins `server`.
  public static Enrolment create(URI server) {
    try {
      var fresh = SigningKey.generate();
      return of(server, fresh.publicKey(), fresh.key());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform since 15 has Ed25519", e);
    }
  }

  private static Enrolment of(URI server, String publicKey, PrivateKey key)
      throws GeneralSecurityException {
    var digest = java.security.MessageDigest.getInstance("SHA-256");
    digest.update("interdict pseudonyms".getBytes(StandardCharsets.US_ASCII));
    return new Enrolment(
        server,
        DeviceId.of(DeviceKey.of(publicKey)),
        publicKey,
        key,
        digest.digest(key.getEncoded()),
        Groups.of(List.of()));
  }

  /// The key that the device began with.
  public SigningKey first() {
    return new SigningKey(publicKey, key);
  }

  /// The same, admitted into `groups`.
  public Enrolment in(SortedSet<String> groups) {
    return new Enrolment(server, device, publicKey, key, pseudonymKey, groups);
  }

  /// Writes it down; the key first, so that an enrolment never stands without it.
  public void save(StateDirectory state) throws IOException {
    saveKey(state);
    DurableFile.write(
        state.enrolment(),
        JsonWriter.pretty(
            Json.object()
                .put("server", server.toString())
                .put("public-key", publicKey)
                .put("groups", Json.texts(List.copyOf(groups)))
                .build()));
  }

  /// Removes who this device is and which server it belongs to, with what only that server's device
  /// has a use for: keys first, so that whatever is interrupted leaves no identity that could go
  /// on. Quarantine, ledger and clock stay.
  ///
  /// @throws IOException if something cannot be removed; what is left goes with another try
  public static void forget(StateDirectory state) throws IOException {
    for (var key : List.of(state.deviceKeys(), state.deviceKey(), publicKey(state))) {
      DurableFile.delete(key);
    }
    for (var folder : List.of(state.outbox(), state.stage(), state.trust())) {
      if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        try (var walk = Files.walk(folder)) {
          for (var file : walk.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
    }
    for (var file :
        List.of(
            state.keyWish(),
            state.codes(),
            state.looks(),
            state.logHeads(),
            state.uplink(),
            state.enrolment())) {
      DurableFile.delete(file);
    }
  }

  private void saveKey(StateDirectory state) throws IOException {
    DurableFile.write(publicKey(state), publicKey.getBytes(StandardCharsets.US_ASCII));
    DurableFile.write(state.deviceKey(), key.getEncoded());
  }
}
