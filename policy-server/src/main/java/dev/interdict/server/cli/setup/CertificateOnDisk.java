package dev.interdict.server.cli.setup;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The certificate that the settings name, as it lies on the disk. A server that runs presents the
/// one before for as long as this one cannot be read, and would not start with it.
///
/// @param certificate null where none is named, or it cannot be read
/// @param trouble why it cannot be read; null where it can, or none is named
public record CertificateOnDisk(@Nullable X509Certificate certificate, @Nullable String trouble) {
  /// Reads it.
  public static CertificateOnDisk of(Settings settings) {
    var store = settings.tls();
    var password = settings.tlsPassword();
    if (store == null || password == null) {
      return new CertificateOnDisk(null, null);
    }
    try {
      return new CertificateOnDisk(OpenServer.tls(store, password).certificate(), null);
    } catch (IOException e) {
      return new CertificateOnDisk(
          null, store + " cannot be read with " + password + " (" + e.getMessage() + ")");
    }
  }

  /// What the own server may present: this one, or any where this one cannot be read; null for
  /// plain HTTP.
  public @Nullable Predicate<X509Certificate> own() {
    var only = certificate;
    return only != null ? only::equals : trouble == null ? null : _ -> true;
  }
}
