package dev.interdict.wire;

import dev.interdict.report.DeviceId;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// One device's signature over one request: RFC 9421 with Ed25519, in the single form we write.
/// Whatever differs from that form is refused rather than interpreted, so that there is nothing two
/// readers could read differently.
///
/// Covered: `@method`, `@path`, `@query` if there is one, `content-digest`, `interdict-sequence`.
///
/// @param created when it was signed, to the second
/// @param keyId the device whose key signed
/// @param nonce 16 to 64 characters of base64url, fresh for each request
/// @param tag what the request is for; keeps a signature from being used elsewhere
/// @param signature 64 bytes in base64
public record MessageSignature(
    Instant created, DeviceId keyId, String nonce, String tag, String signature) {
  /// The tag of requests of the device API.
  public static final String DEVICE_TAG = "interdict-device";

  private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{16,64}");
  private static final Pattern TAG = Pattern.compile("[a-z-]{1,32}");
  private static final Pattern INPUT =
      Pattern.compile(
          "interdict=\\(\"@method\" \"@path\"( \"@query\")? \"content-digest\""
              + " \"interdict-sequence\"\\)"
              + ";created=(0|[1-9][0-9]{0,10});keyid=\"([0-9a-f]{32})\""
              + ";nonce=\"([A-Za-z0-9_-]{16,64})\";alg=\"ed25519\";tag=\"([a-z-]{1,32})\"");

  /// The last digit's unused bits are zero, or one signature could be written in sixteen ways.
  private static final Pattern SIGNATURE =
      Pattern.compile("interdict=:([A-Za-z0-9+/]{85}[AQgw]==):");

  public MessageSignature {
    if (!NONCE.matcher(nonce).matches() || !TAG.matcher(tag).matches()) {
      throw new IllegalArgumentException(
          "a nonce is 16 to 64 base64url characters, a tag 1 to 32 lower-case letters and dashes");
    }
  }

  /// Signs `parts` as the device `keyId`.
  public static MessageSignature sign(
      RequestParts parts, Instant created, DeviceId keyId, String nonce, PrivateKey key) {
    return sign(parts, created, keyId, nonce, base -> signed(base, key));
  }

  /// Signs `parts` as the device `keyId` with a key that is held elsewhere.
  ///
  /// @param ed25519 makes the 64 bytes of an Ed25519 signature over what it is given
  public static MessageSignature sign(
      RequestParts parts,
      Instant created,
      DeviceId keyId,
      String nonce,
      UnaryOperator<byte[]> ed25519) {
    var unsigned = new MessageSignature(created, keyId, nonce, DEVICE_TAG, "");
    var bytes = ed25519.apply(unsigned.base(parts).bytes());
    var signature = Base64.getEncoder().encodeToString(bytes);
    return new MessageSignature(created, keyId, nonce, DEVICE_TAG, signature);
  }

  private static byte[] signed(byte[] base, PrivateKey key) {
    try {
      var signer = Signature.getInstance("Ed25519");
      signer.initSign(key);
      signer.update(base);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign a request with this device's key", e);
    }
  }

  /// Reads the two header fields of a request.
  ///
  /// @param parts the request they came with, which decides what must be covered
  /// @throws SignatureException if they are not exactly in our form
  public static MessageSignature parse(RequestParts parts, String input, String signature)
      throws SignatureException {
    var inputs = INPUT.matcher(input);
    var signatures = SIGNATURE.matcher(signature);
    if (!inputs.matches() || !signatures.matches()) {
      throw new SignatureException("signature fields are not in the form a device writes");
    }
    if ((inputs.group(1) != null) != (parts.query() != null)) {
      throw new SignatureException("the signature covers a query exactly when there is one");
    }
    try {
      return new MessageSignature(
          Instant.ofEpochSecond(Long.parseLong(inputs.group(2))),
          new DeviceId(inputs.group(3)),
          inputs.group(4),
          inputs.group(5),
          signatures.group(1));
    } catch (DateTimeException e) {
      throw new SignatureException("created is beyond all time", e);
    }
  }

  /// Whether `key` made this signature over `parts`. Freshness, the tag and whose key it is are the
  /// caller's to check.
  public boolean verify(RequestParts parts, PublicKey key) {
    return verify(parts, (base, bytes) -> verifies(base, bytes, key));
  }

  /// The same with another implementation of Ed25519.
  ///
  /// @param ed25519 whether its second argument is the key's signature over the first
  public boolean verify(RequestParts parts, BiPredicate<byte[], byte[]> ed25519) {
    try {
      return ed25519.test(base(parts).bytes(), Base64.getDecoder().decode(signature));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// The `Signature-Input` field.
  public String inputField(RequestParts parts) {
    return "interdict=" + base(parts).signatureParams();
  }

  /// The `Signature` field.
  public String signatureField() {
    return "interdict=:" + signature + ":";
  }

  static boolean verifies(byte[] base, byte[] signature, PublicKey key) {
    try {
      var verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(base);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      // The JDK throws for a malformed signature or a key of another kind: neither is valid.
      return false;
    }
  }

  private SignatureBase base(RequestParts parts) {
    return new SignatureBase(
        parts.components(),
        ";created="
            + created.getEpochSecond()
            + ";keyid=\""
            + keyId.value()
            + "\";nonce=\""
            + nonce
            + "\";alg=\"ed25519\";tag=\""
            + tag
            + "\"");
  }
}
