package dev.interdict.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/// The certificates of a file that somebody named as the ones to trust.
///
/// @param all at least one, in the file's order
public record PemCertificates(List<X509Certificate> all) {
  /// How the label of one ends, an older or a trusting one's too.
  private static final String LABEL = "CERTIFICATE-----";

  /// With what the bytes of one begin that is not written as text.
  private static final int SEQUENCE = 0x30;

  private static final String NONE = " holds no certificate; it wants PEM (BEGIN CERTIFICATE)";

  public PemCertificates {
    all = List.copyOf(all);
    if (all.isEmpty()) {
      throw new IllegalArgumentException("no certificate");
    }
  }

  /// Reads a file.
  ///
  /// @throws IOException if it cannot be read, holds no certificate, or a damaged one; the message
  ///   names the file, says which of these, and is for people
  public static PemCertificates read(Path file) throws IOException {
    try {
      return of(Files.readAllBytes(file), file.toString());
    } catch (NoSuchFileException e) {
      throw new IOException("there is no file " + file, e);
    } catch (AccessDeniedException e) {
      throw new IOException(file + " may not be read by this account", e);
    } catch (IOException e) {
      if (Files.isDirectory(file)) {
        throw new IOException(file + " is a folder; name the file with the certificates", e);
      }
      throw e;
    }
  }

  /// Reads its content.
  ///
  /// @param pem one or more certificates
  /// @param from where they come from, for people
  /// @throws IOException if there is none, or one is damaged
  public static PemCertificates of(byte[] pem, String from) throws IOException {
    // Java looks at no label, and says of whatever else it is that it is damaged.
    if (pem.length == 0
        || pem[0] != SEQUENCE && !new String(pem, StandardCharsets.ISO_8859_1).contains(LABEL)) {
      throw new IOException(from + NONE);
    }
    List<X509Certificate> all;
    try {
      all =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
    } catch (CertificateException e) {
      throw new IOException(from + " cannot be read as certificates: " + e.getMessage(), e);
    }
    if (all.isEmpty()) {
      throw new IOException(from + NONE);
    }
    return new PemCertificates(all);
  }

  /// When the one that lasts longest ends.
  public Instant end() {
    return all.stream()
        .map(each -> each.getNotAfter().toInstant())
        .max(Instant::compareTo)
        .orElseThrow();
  }

  /// Whether one is an authority's, which vouches on for others after its own end.
  public boolean hasAuthority() {
    return all.stream().anyMatch(each -> each.getBasicConstraints() >= 0);
  }
}
