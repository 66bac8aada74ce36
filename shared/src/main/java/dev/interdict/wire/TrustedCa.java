package dev.interdict.wire;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Whose certificates a peer's may come from. Whether a certificate is for the host that was asked
/// is for the client of the context to check, as Java's does for HTTPS.
public final class TrustedCa {
  private TrustedCa() {}

  /// What trusts the certificates in a PEM file and no others; without a file, those that Java
  /// trusts.
  ///
  /// @throws IOException if the file cannot be read or holds no certificate
  public static SSLContext of(@Nullable Path file) throws IOException {
    try {
      return file == null
          ? SSLContext.getDefault()
          : of(PemCertificates.read(file), file.toString());
    } catch (GeneralSecurityException e) {
      throw new IOException("Java's own certificates cannot be read: " + e.getMessage(), e);
    }
  }

  private static TrustManager[] inTime(TrustManager[] managers) {
    return Arrays.stream(managers)
        .map(each -> {
          if (each instanceof X509ExtendedTrustManager rest) {
            return new InTime(rest);
          }
          throw new IllegalStateException("no trust manager whose dates can be asked: " + each);
        })
        .toArray(TrustManager[]::new);
  }

  /// What trusts these certificates and no others, and a peer's own only while it holds, even where
  /// it is one of them.
  ///
  /// @param pem one or more certificates
  /// @param from where they come from, for people
  /// @throws IOException if there is none, or one is damaged
  public static SSLContext of(byte[] pem, String from) throws IOException {
    return of(PemCertificates.of(pem, from), from);
  }

  private static SSLContext of(PemCertificates certificates, String from) throws IOException {
    try {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (var each : certificates.all()) {
        store.setCertificateEntry("ca-" + store.size(), each);
      }
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, inTime(trust.getTrustManagers()), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(from + " cannot be trusted by this Java: " + e.getMessage(), e);
    }
  }
}
