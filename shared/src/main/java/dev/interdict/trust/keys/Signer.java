package dev.interdict.trust.keys;

/// Something that signs with one private key: a key file, a token.
public interface Signer {

  /// The public half.
  TufKey key();

  /// The signature of `message`, which [#key] verifies.
  ///
  /// @throws SigningException if the key does not sign
  byte[] sign(byte[] message);
}
