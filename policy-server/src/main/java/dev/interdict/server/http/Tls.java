package dev.interdict.server.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// A server's certificate and key, held in parsed form. The JDK's own key manager decrypts the key
/// of a PKCS#12 store anew on every full handshake, which halves the number of handshakes.
public final class Tls extends X509ExtendedKeyManager {
  private static final String ALIAS = "server";

  private volatile Held current;
  private volatile Held before;

  /// A key with its certificate, under a name of its own: a handshake that began with one goes on
  /// with it.
  private record Held(String alias, PrivateKey key, X509Certificate[] chain) {}

  private Tls(PrivateKey key, X509Certificate[] chain) {
    this.current = new Held(ALIAS, key, chain);
    this.before = current;
  }

  /// Presents what `other` holds from now on. Connections that there are keep theirs.
  synchronized void adopt(Tls other) {
    var held = other.current;
    before = current;
    current = new Held(ALIAS + System.nanoTime(), held.key(), held.chain());
  }

  private Held held(String alias) {
    var now = current;
    return alias.equals(now.alias()) ? now : before;
  }

  /// Reads the first key of a PKCS#12 store.
  ///
  /// @throws IOException if it cannot be read or holds no key
  public static Tls read(Path store, char[] password) throws IOException {
    try (var in = Files.newInputStream(store)) {
      var keys = KeyStore.getInstance("PKCS12");
      keys.load(in, password);
      for (var alias : Collections.list(keys.aliases())) {
        if (keys.getKey(alias, password) instanceof PrivateKey key) {
          var chain = keys.getCertificateChain(alias);
          return new Tls(key, Arrays.copyOf(chain, chain.length, X509Certificate[].class));
        }
      }
      throw new IOException("the key store " + store + " holds no private key");
    } catch (EOFException e) {
      throw new IOException("the key store " + store + " is cut off", e);
    } catch (GeneralSecurityException e) {
      throw new IOException("the key store " + store + " cannot be read: " + e.getMessage(), e);
    }
  }

  /// The certificate that is presented now.
  public X509Certificate certificate() {
    return current.chain()[0];
  }

  /// A context that presents this certificate and asks clients for none.
  SSLContext context() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {this}, null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot speak TLS", e);
    }
  }

  @Override
  public String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return fits(keyType);
  }

  @Override
  public String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return fits(keyType);
  }

  @SuppressWarnings("NullAway") // The interface asks for null where no key fits.
  private String fits(String keyType) {
    var now = current;
    return keyType.startsWith(now.key().getAlgorithm()) ? now.alias() : null;
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return held(alias).chain().clone();
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return held(alias).key();
  }

  @Override
  public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return new String[] {current.alias()};
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }
}
