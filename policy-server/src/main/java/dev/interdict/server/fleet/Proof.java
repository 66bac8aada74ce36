package dev.interdict.server.fleet;

import dev.interdict.report.DeviceId;
import dev.interdict.wire.ContentDigest;
import dev.interdict.wire.DeviceKey;
import dev.interdict.wire.MessageSignature;
import java.security.SignatureException;
import java.time.Duration;
import java.time.Instant;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/// Whether a request comes from the device it names.
public sealed interface Proof {
  /// How far a signature's time may be off. Generous, because a device's clock may be wrong and
  /// must then still be heard; replay is refused by the sequence, not by this.
  Duration TOLERANCE = Duration.ofHours(24);

  /// It does.
  ///
  /// @param signed when, by the device's clock
  /// @param nonce that the device drew for this request
  /// @param key which made the signature
  record Proven(
      DeviceId device, byte[] body, long sequence, Instant signed, String nonce, byte[] key)
      implements Proof {}

  /// It does not; the reason is for logs and for the device's own owner.
  record Unproven(String why) implements Proof {}

  /// Finds the key of a device.
  @FunctionalInterface
  interface Keys {
    /// The 32 bytes of an Ed25519 key that [DeviceKey] took once, or null for a device that is not
    /// known.
    byte @Nullable [] of(DeviceId device);
  }

  /// Checks digest, form, freshness and signature, the cheap first.
  static Proof of(SignedRequest request, Keys keys, Instant now) {
    if (!ContentDigest.matches(request.parts().contentDigest(), request.body())) {
      return new Unproven("the content digest is not that of the body");
    }
    MessageSignature signature;
    try {
      signature = MessageSignature.parse(request.parts(), request.input(), request.signature());
    } catch (SignatureException e) {
      return new Unproven(String.valueOf(e.getMessage()));
    }
    if (!signature.tag().equals(MessageSignature.DEVICE_TAG)) {
      return new Unproven("the signature was made for something else");
    }
    if (Duration.between(signature.created(), now).abs().compareTo(TOLERANCE) > 0) {
      return new Unproven(
          "the signature's time is more than " + TOLERANCE.toHours() + " hours off");
    }
    var key = keys.of(signature.keyId());
    if (key == null) {
      return new Unproven("unknown device");
    }
    return signature.verify(request.parts(), (base, bytes) -> holds(base, bytes, key))
        ? new Proven(
            signature.keyId(),
            request.body(),
            request.parts().sequence(),
            signature.created(),
            signature.nonce(),
            key)
        : new Unproven("the signature does not hold");
  }

  /// By Bouncy Castle, which takes a seventh of the JDK's time: most of what a request costs.
  private static boolean holds(byte[] base, byte[] signature, byte[] key) {
    return signature.length == Ed25519.SIGNATURE_SIZE
        && Ed25519.verify(signature, 0, key, 0, base, 0, base.length);
  }
}
