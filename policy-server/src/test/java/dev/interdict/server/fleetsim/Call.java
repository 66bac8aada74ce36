package dev.interdict.server.fleetsim;

import dev.interdict.report.DeviceId;
import dev.interdict.wire.ContentDigest;
import dev.interdict.wire.Headers;
import dev.interdict.wire.MessageSignature;
import dev.interdict.wire.RequestParts;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.UnaryOperator;

/// One request, signed, as it goes over the wire.
///
/// @param at when it was made, by the machine's clock
record Call(Kind kind, Instant at, byte[] body, byte[] bytes) {

  /// What it is for.
  enum Kind {
    ENROL,
    /// Something has changed.
    REPORT,
    /// Nothing has changed; says so in the way that agents do.
    UNCHANGED,
    /// Somebody who is not what they say.
    LIE
  }

  /// @param signed when it says that it was signed: by the server's clock, as agents know it
  /// @param signer makes the Ed25519 signature of what it is given
  static Call of(
      Kind kind,
      String path,
      long sequence,
      byte[] body,
      DeviceId id,
      Instant at,
      Instant signed,
      UnaryOperator<byte[]> signer) {
    var parts = new RequestParts("POST", path, null, ContentDigest.of(body), sequence);
    var signature = MessageSignature.sign(parts, signed, id, nonce(sequence, at), signer);
    return new Call(kind, at, body, bytes(parts, signature, body));
  }

  /// The one that a machine draws for a request of that number at that time.
  static String nonce(long sequence, Instant at) {
    return "n-" + at.toEpochMilli() + "-" + Long.toHexString(sequence + 0x10000);
  }

  /// The request in the bytes of HTTP/1.1, whatever the parts say of the body.
  static byte[] bytes(RequestParts parts, MessageSignature signature, byte[] body) {
    var head =
        "POST %s HTTP/1.1\r\nHost: interdict\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s: %s\r\n%s: %d\r\n%s: %s\r\n%s: %s\r\n\r\n"
            .formatted(
                parts.path(),
                body.length,
                Headers.CONTENT_DIGEST,
                parts.contentDigest(),
                Headers.SEQUENCE,
                parts.sequence(),
                Headers.SIGNATURE_INPUT,
                signature.inputField(parts),
                Headers.SIGNATURE,
                signature.signatureField());
    var out = new ByteArrayOutputStream(head.length() + body.length);
    out.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(body);
    return out.toByteArray();
  }
}
