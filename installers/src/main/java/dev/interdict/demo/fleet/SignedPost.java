package dev.interdict.demo.fleet;

import dev.interdict.report.DeviceId;
import dev.interdict.wire.ContentDigest;
import dev.interdict.wire.Headers;
import dev.interdict.wire.MessageSignature;
import dev.interdict.wire.RequestParts;
import java.net.URI;
import java.net.http.HttpRequest;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;

/// A POST of one device, to be signed at the moment of sending.
///
/// @param sequence of the report it carries; 0 if it carries none
record SignedPost(String path, byte[] body, long sequence) {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  HttpRequest request(URI server, DeviceId device, PrivateKey key, String nonce, Instant now) {
    var digest = ContentDigest.of(body);
    var parts = new RequestParts("POST", path, null, digest, sequence);
    var signature = MessageSignature.sign(parts, now, device, nonce, key);
    return HttpRequest.newBuilder(server.resolve(path))
        .timeout(PATIENCE)
        .header("content-type", "application/json")
        .header(Headers.CONTENT_DIGEST, digest)
        .header(Headers.SEQUENCE, Long.toString(sequence))
        .header(Headers.SIGNATURE_INPUT, signature.inputField(parts))
        .header(Headers.SIGNATURE, signature.signatureField())
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }
}
