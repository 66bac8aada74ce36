package dev.interdict.wire;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Asks of a peer's own certificate that its time has come and not gone, whatever else is asked of
/// it: one that is itself among those that are trusted is the beginning of a path, of which neither
/// RFC 5280 (section 6.1.1) nor Java looks at the dates. What stands above a peer's certificate
/// keeps its word after its end, as there. Thread-safe.
final class InTime extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager rest;

  /// @param rest what else is asked
  InTime(X509ExtendedTrustManager rest) {
    this.rest = rest;
  }

  /// By this computer's clock, as Java judges every other certificate.
  private static void check(X509Certificate[] chain) throws CertificateException {
    var own = chain[0];
    try {
      own.checkValidity();
    } catch (CertificateExpiredException e) {
      throw new CertificateException(
          "the certificate that was presented ended at "
              + own.getNotAfter().toInstant()
              + "; it is to be renewed where it is presented, unless this computer's clock is"
              + " wrong",
          e);
    } catch (CertificateNotYetValidException e) {
      throw new CertificateException(
          "the certificate that was presented begins at "
              + own.getNotBefore().toInstant()
              + ", which this computer's clock has not reached",
          e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    rest.checkServerTrusted(chain, type, socket);
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    rest.checkServerTrusted(chain, type, engine);
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    rest.checkServerTrusted(chain, type);
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    rest.checkClientTrusted(chain, type, socket);
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    rest.checkClientTrusted(chain, type, engine);
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    rest.checkClientTrusted(chain, type);
    check(chain);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return rest.getAcceptedIssuers();
  }
}
