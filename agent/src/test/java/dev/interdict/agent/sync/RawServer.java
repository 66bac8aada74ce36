package dev.interdict.agent.sync;

import dev.interdict.policy.Beacon;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CountDownLatch;

/// A server on loopback that says to each who comes whatever a test wants.
final class RawServer implements AutoCloseable {
  private final ServerSocket listening;
  private final CountDownLatch gone = new CountDownLatch(1);

  /// Speaks to one client.
  interface Speech {
    void to(OutputStream client) throws IOException, InterruptedException;
  }

  private RawServer(ServerSocket listening) {
    this.listening = listening;
  }

  static RawServer start(Speech speech) throws IOException {
    var server = new RawServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().start(() -> server.serve(speech));
    return server;
  }

  private void serve(Speech speech) {
    while (!listening.isClosed()) {
      try (var client = listening.accept()) {
        speech.to(client.getOutputStream());
      } catch (IOException | InterruptedException e) {
        gone.countDown();
      }
    }
  }

  /// Opens when a client has gone while it was spoken to.
  CountDownLatch gone() {
    return gone;
  }

  Beacon beacon(TlsServer.Identity identity) throws Exception {
    return new Beacon("127.0.0.1", listening.getLocalPort(), identity.pin());
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
