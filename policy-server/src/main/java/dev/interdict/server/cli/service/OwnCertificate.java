package dev.interdict.server.cli.service;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// Trusts certificates that were read from this machine's disk, under whatever name they are
/// reached, and no others: stricter than names and authorities, which say nothing of a loopback
/// address. For one connection at a time.
public final class OwnCertificate extends X509ExtendedTrustManager {
  private final Predicate<X509Certificate> own;
  private boolean sawAnother;

  /// @param own what is trusted
  public OwnCertificate(Predicate<X509Certificate> own) {
    this.own = own;
  }

  /// A context for a client that speaks to whoever presents such a one.
  public SSLContext context() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {this}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot speak TLS", e);
    }
  }

  /// Whether another one was presented.
  boolean sawAnother() {
    return sawAnother;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
    if (chain.length == 0 || !own.test(chain[0])) {
      sawAnother = true;
      throw new CertificateException(
          "whoever answers presents another certificate than the one in server.yaml; if that was"
              + " just changed, ask again in ten seconds");
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, kind);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(chain, kind);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
    throw new CertificateException("a client only");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, kind);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, kind);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
