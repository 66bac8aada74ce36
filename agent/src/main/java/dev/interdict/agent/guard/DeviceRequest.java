package dev.interdict.agent.guard;

import dev.interdict.agent.state.SigningKey;
import dev.interdict.agent.sync.SyncJob;
import dev.interdict.report.DeviceId;
import dev.interdict.wire.ContentDigest;
import dev.interdict.wire.Headers;
import dev.interdict.wire.MessageSignature;
import dev.interdict.wire.RequestParts;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// What a device asks of its server, signed (RFC 9421). The key stays in this process; the worker
/// gets the finished request. Pure functions but for the nonce.
final class DeviceRequest {
  private static final int NONCE_BYTES = 18;

  private DeviceRequest() {}

  /// A request of `device`, signed with `key`.
  ///
  /// @param at by the time that the server is likely to have
  static SyncJob.Post sign(
      DeviceId device,
      String path,
      long sequence,
      byte[] body,
      String nonce,
      Instant at,
      SigningKey key) {
    var digest = ContentDigest.of(body);
    var parts = new RequestParts("POST", path, null, digest, sequence);
    var signature = MessageSignature.sign(parts, at, device, nonce, key.key());
    SequencedMap<String, String> headers = new LinkedHashMap<>();
    headers.put(Headers.CONTENT_DIGEST, digest);
    headers.put(Headers.SEQUENCE, Long.toString(sequence));
    headers.put(Headers.SIGNATURE_INPUT, signature.inputField(parts));
    headers.put(Headers.SIGNATURE, signature.signatureField());
    return new SyncJob.Post(sequence, path, headers);
  }

  /// One that nobody guesses.
  static String nonce(SecureRandom random) {
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
  }
}
