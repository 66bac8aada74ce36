package dev.interdict.server.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// One connection that ends at a time set beforehand, whatever the peer does: one that sends a byte
/// now and then keeps nobody for longer. Used by one thread.
public final class PeerSocket implements AutoCloseable {
  private static final ScheduledExecutorService WATCH =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("peer-deadlines").daemon().factory());

  private final Socket socket;
  private final ScheduledFuture<?> end;

  private PeerSocket(Socket socket, ScheduledFuture<?> end) {
    this.socket = socket;
    this.end = end;
  }

  /// Connects to the first of `addresses` that answers.
  ///
  /// @param host the name that its certificate must be for
  /// @param tls null for a connection that anybody on the way can read
  /// @param limit for everything that is done with it
  public static PeerSocket connect(
      List<InetAddress> addresses, String host, int port, @Nullable SSLContext tls, Duration limit)
      throws IOException {
    var millis = (int) limit.toMillis();
    IOException last = new IOException("the name " + host + " has no address");
    for (var address : addresses) {
      var plain = new Socket();
      var end = WATCH.schedule(() -> closed(plain), millis, TimeUnit.MILLISECONDS);
      try {
        plain.connect(new InetSocketAddress(address, port), Math.max(1, millis / 2));
        plain.setSoTimeout(millis);
        plain.setTcpNoDelay(true);
        return new PeerSocket(tls == null ? plain : secured(plain, host, port, tls), end);
      } catch (IOException e) {
        last = e;
        end.cancel(false);
        closed(plain);
      }
    }
    throw last;
  }

  private static Socket secured(Socket plain, String host, int port, SSLContext tls)
      throws IOException {
    var socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, host, port, true);
    var parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static void closed(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
      org.slf4j.LoggerFactory.getLogger(PeerSocket.class)
          .atDebug()
          .setCause(e)
          .log("a connection did not close cleanly");
    }
  }

  /// The connection.
  public Socket socket() {
    return socket;
  }

  @Override
  public void close() {
    end.cancel(false);
    closed(socket);
  }
}
