package dev.interdict.server.peer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Whose certificates a peer's may come from.
public final class TrustedCa {
  private TrustedCa() {}

  /// What trusts the certificates in a PEM file and no others; without a file, those that Java
  /// trusts.
  ///
  /// @throws IOException if the file cannot be read or holds no certificate
  public static SSLContext of(@Nullable Path file) throws IOException {
    try {
      if (file == null) {
        return SSLContext.getDefault();
      }
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      var bytes = new ByteArrayInputStream(Files.readAllBytes(file));
      var n = 0;
      for (var each : CertificateFactory.getInstance("X.509").generateCertificates(bytes)) {
        store.setCertificateEntry("ca-" + n++, each);
      }
      if (n == 0) {
        throw new IOException(file + " holds no certificate; it wants PEM (BEGIN CERTIFICATE)");
      }
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " cannot be read as certificates: " + e.getMessage(), e);
    }
  }
}
