package dev.interdict.trust.keys;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/// Signs with a private key that a Java security provider holds, be it in this process or in a
/// token that never lets it out.
///
/// Each signature is verified with the public half before it is handed out: what a broken token, a
/// foreign certificate or a flipped bit yields is never published, and a faulty Ed25519 signature,
/// from which the key could be computed, never leaves the process.
///
/// As thread-safe as the provider; the JDK's are. Never printed: it has no text form.
public final class PrivateKeySigner implements Signer {
  private final TufKey key;
  private final KeyScheme scheme;
  private final PrivateKey privateKey;
  private final @Nullable Provider provider;

  private PrivateKeySigner(
      TufKey key, KeyScheme scheme, PrivateKey privateKey, @Nullable Provider provider) {
    this.key = key;
    this.scheme = scheme;
    this.privateKey = privateKey;
    this.provider = provider;
  }

  /// A key in this process.
  ///
  /// @throws IllegalArgumentException if agents know no scheme for it, or it is too weak
  public static PrivateKeySigner of(PrivateKey privateKey, PublicKey publicKey) {
    return new PrivateKeySigner(TufKey.of(publicKey), KeyScheme.of(publicKey), privateKey, null);
  }

  /// A key that only `provider` can use.
  ///
  /// @throws IllegalArgumentException if agents know no scheme for it, or it is too weak
  public static PrivateKeySigner of(PrivateKey privateKey, PublicKey publicKey, Provider provider) {
    return new PrivateKeySigner(
        TufKey.of(publicKey), KeyScheme.of(publicKey), privateKey, provider);
  }

  @Override
  public TufKey key() {
    return key;
  }

  @Override
  public byte[] sign(byte[] message) {
    byte[] signature;
    try {
      signature = scheme.sign(privateKey, provider, message);
    } catch (GeneralSecurityException | ProviderException e) {
      throw new SigningException(
          "key " + key.id() + " did not sign: " + reason(e) + "; nothing was signed", e);
    }
    if (!key.verifies(message, signature)) {
      throw new SigningException(
          "key "
              + key.id()
              + " signed what its own public half does not verify; nothing was signed. Its"
              + " certificate belongs to another key, or the token is broken",
          null);
    }
    return signature;
  }

  private static String reason(Exception e) {
    var deepest = e.getCause() == null ? e : e.getCause();
    return deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
  }
}
