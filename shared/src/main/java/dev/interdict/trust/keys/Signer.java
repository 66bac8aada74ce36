package dev.interdict.trust.keys;

/// Something that signs with one private key: a key file, later a token or a key service.
public interface Signer {

  /// The public half.
  TufKey key();

  /// The signature of `message`.
  byte[] sign(byte[] message);
}
