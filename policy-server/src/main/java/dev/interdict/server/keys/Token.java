package dev.interdict.server.keys;

import dev.interdict.trust.keys.KeyScheme;
import dev.interdict.trust.keys.PrivateKeySigner;
import dev.interdict.trust.keys.Signer;
import dev.interdict.trust.keys.SigningException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.Security;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A PKCS#11 token that is logged in, through the JDK's provider. Its private keys never leave it.
///
/// That provider shows a private key only beside a certificate whose `CKA_ID` is the same, and
/// knows it by the certificate's label: the alias. It can do ECDSA and RSA, no Ed25519.
public final class Token {
  private final TokenPlace place;
  private final Provider provider;
  private final KeyStore store;

  private Token(TokenPlace place, Provider provider, KeyStore store) {
    this.place = place;
    this.provider = provider;
    this.store = store;
  }

  /// Logs in. One attempt: a token locks itself after a few wrong ones.
  ///
  /// @param pin the user's PIN, which the caller wipes
  /// @throws UnusableKeyException if there is no such token, or it refuses the PIN
  public static Token open(TokenPlace place, char[] pin) throws IOException {
    try {
      var provider = Security.getProvider("SunPKCS11");
      if (provider == null) {
        throw new UnusableKeyException("this Java runtime has no PKCS#11 provider");
      }
      var configured = provider.configure(place.configuration());
      var store = KeyStore.getInstance("PKCS11", configured);
      store.load(null, pin);
      return new Token(place, configured, store);
    } catch (InvalidParameterException | ProviderException e) {
      throw new UnusableKeyException(
          place + " does not open: " + reason(e) + "; see --pkcs11 in the help", e);
    } catch (GeneralSecurityException e) {
      throw new UnusableKeyException(
          place + " holds no token that is set up, or not in that slot", e);
    } catch (UnusableKeyException e) {
      throw e;
    } catch (IOException e) {
      throw new UnusableKeyException(place + " " + refusal(e), e);
    }
  }

  private static String refusal(Exception e) {
    var reason = reason(e).toUpperCase(Locale.ROOT);
    if (reason.contains("CKR_PIN_LOCKED")) {
      return "is locked after too many wrong PINs; its security officer can unlock it";
    }
    if (reason.contains("CKR_PIN")) {
      return "refuses the PIN; mind that it locks itself after a few wrong ones";
    }
    return "refuses to log in: " + reason(e);
  }

  private static String reason(Throwable e) {
    var deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
  }

  /// A key of the token.
  ///
  /// @param alias which of several keys, or null where there is but one
  /// @throws UnusableKeyException if there is no such key, or agents know no scheme for it
  public Signer signer(@Nullable String alias) throws IOException {
    try {
      var chosen = choose(alias);
      var certificate = store.getCertificate(chosen);
      if (!(store.getKey(chosen, null) instanceof PrivateKey key) || certificate == null) {
        throw new UnusableKeyException(place + " holds no private key named " + chosen);
      }
      return PrivateKeySigner.of(key, certificate.getPublicKey(), provider);
    } catch (GeneralSecurityException | ProviderException e) {
      throw new UnusableKeyException(place + " does not show its keys: " + reason(e), e);
    } catch (IllegalArgumentException e) {
      throw new UnusableKeyException(place + ": " + e.getMessage(), e);
    }
  }

  private String choose(@Nullable String alias) throws GeneralSecurityException, IOException {
    var keys = new TreeSet<String>();
    for (var name : Collections.list(store.aliases())) {
      if (store.isKeyEntry(name)) {
        keys.add(name);
      }
    }
    if (keys.isEmpty()) {
      throw new UnusableKeyException(
          place
              + " shows no private key. Java shows one only beside a certificate with the same"
              + " CKA_ID; make one here with: interdict key new --alias NAME");
    }
    if (alias == null && keys.size() > 1) {
      throw new UnusableKeyException(
          place + " holds several keys; choose one with --alias: " + String.join(", ", keys));
    }
    if (alias != null && !keys.contains(alias)) {
      throw new UnusableKeyException(
          place + " holds no key named " + alias + ", but: " + String.join(", ", keys));
    }
    return alias == null ? keys.first() : alias;
  }

  /// Makes a new key in the token, marked as one that never leaves it, with a certificate that
  /// makes it visible ([SelfSigned]).
  ///
  /// @throws UnusableKeyException if there is something of that name, or the token cannot do it
  public Signer create(KeyScheme scheme, String alias, SecureRandom random) throws IOException {
    try {
      if (store.containsAlias(alias)) {
        throw new UnusableKeyException(
            place + " holds something named " + alias + " already; choose another --alias");
      }
      var pair = scheme.generate(random, provider);
      var signer = PrivateKeySigner.of(pair.getPrivate(), pair.getPublic(), provider);
      var chain = new Certificate[] {SelfSigned.certificate(pair.getPublic(), signer)};
      store.setKeyEntry(alias, pair.getPrivate(), null, chain);
      return signer(alias);
    } catch (GeneralSecurityException | ProviderException | SigningException e) {
      throw new UnusableKeyException(
          place + " cannot make a key of the scheme " + scheme.written() + ": " + reason(e), e);
    }
  }
}
