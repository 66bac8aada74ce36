package dev.interdict.agent.sync;

import dev.interdict.policy.Beacon;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/// One handshake with one beacon, straight and without a proxy, and not a byte after it: the
/// connection is dropped where a client would begin to speak.
///
/// Closing it from another thread ends the handshake, which nothing else bounds as a whole: the
/// other end could drip its answer.
final class BeaconProbe implements Closeable {
  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

  private final Beacon beacon;
  private final int patience;
  private final Socket socket = new Socket(Proxy.NO_PROXY);

  /// @param patience for the connection, and for each read
  BeaconProbe(Beacon beacon, Duration patience) {
    this.beacon = beacon;
    this.patience = Math.toIntExact(patience.toMillis());
  }

  /// Whether the beacon showed its key and proved to hold it.
  boolean shinesRightly() {
    try {
      socket.setSoTimeout(patience);
      socket.connect(new InetSocketAddress(beacon.host(), beacon.port()), patience);
      secured().startHandshake();
      return true;
    } catch (IOException | GeneralSecurityException e) {
      // Whatever went wrong, this is not the place where the beacon stands.
      return false;
    }
  }

  private SSLSocket secured() throws IOException, GeneralSecurityException {
    var context = SSLContext.getInstance("TLS");
    var pin = new PinnedKey(beacon.key());
    context.init(null, new TrustManager[] {pin}, new SecureRandom());
    var secured =
        (SSLSocket)
            context.getSocketFactory().createSocket(socket, beacon.host(), beacon.port(), false);
    var parameters = secured.getSSLParameters();
    parameters.setProtocols(VERSIONS);
    if (beacon.isNamed()) {
      parameters.setServerNames(List.of(new SNIHostName(beacon.host())));
    }
    secured.setSSLParameters(parameters);
    return secured;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
