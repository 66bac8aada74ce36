package dev.interdict.trust.keys;

import dev.interdict.json.Json;
import java.security.PublicKey;

/// A public key as signed metadata writes it (specification 1.0.34, section 4.2).
///
/// [#json] is the object as it was read, unknown members included, because the id is the hash of
/// exactly that. One public key may thus carry several ids; whoever counts keys counts
/// [#fingerprint].
public sealed interface TufKey permits Ed25519Key, EcdsaKey, RsaKey, UnknownKey {

  /// The hash of [#json].
  default KeyId id() {
    return KeyId.of(json());
  }

  /// The key object.
  Json.Obj json();

  /// The name of its signature scheme, as the key states it.
  default String scheme() {
    return text(json(), "scheme");
  }

  /// The same text for the same public key, however it is written.
  String fingerprint();

  /// Whether `signature` is this key's signature of `message`. Malformed signatures are not valid;
  /// nothing is thrown for them.
  boolean verifies(byte[] message, byte[] signature);

  /// The key that `json` describes. A type or scheme we do not know yields an [UnknownKey].
  ///
  /// @throws IllegalArgumentException if the key is malformed or too weak to be used
  static TufKey of(Json json) {
    if (!(json instanceof Json.Obj object)) {
      throw new IllegalArgumentException("a key must be an object");
    }
    var type = text(object, "keytype");
    var scheme = text(object, "scheme");
    if (!(object.get("keyval") instanceof Json.Obj value)) {
      throw new IllegalArgumentException("a key needs an object \"keyval\"");
    }
    return switch (scheme) {
      case "ed25519" -> {
        expect(type, "ed25519");
        yield Ed25519Key.of(object, text(value, "public"));
      }
      case "ecdsa-sha2-nistp256" -> {
        if (!type.equals("ecdsa-sha2-nistp256")) {
          expect(type, "ecdsa");
        }
        yield EcdsaKey.of(object, text(value, "public"));
      }
      case "rsassa-pss-sha256" -> {
        expect(type, "rsa");
        yield RsaKey.of(object, text(value, "public"));
      }
      default -> new UnknownKey(object);
    };
  }

  /// The public key `key` in our own way of writing, which gives it its one id.
  ///
  /// @throws IllegalArgumentException if agents know no scheme for it, or it is too weak
  static TufKey of(PublicKey key) {
    return switch (KeyScheme.of(key)) {
      case ED25519 -> Ed25519Key.of(key);
      case ECDSA_P256 -> EcdsaKey.of(key);
      case RSA_PSS -> RsaKey.of(key);
    };
  }

  private static void expect(String type, String expected) {
    if (!type.equals(expected)) {
      throw new IllegalArgumentException("a key's \"scheme\" and \"keytype\" do not fit together");
    }
  }

  private static String text(Json.Obj object, String name) {
    if (object.get(name) instanceof Json.Text(var text) && !text.isEmpty()) {
      return text;
    }
    throw new IllegalArgumentException("a key needs a text \"" + name + "\"");
  }
}
