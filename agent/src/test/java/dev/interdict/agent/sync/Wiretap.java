package dev.interdict.agent.sync;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/// A wire on loopback between an agent and its server that keeps every byte which the agent sends:
/// request lines, headers and bodies as they are.
final class Wiretap implements AutoCloseable {
  private final ServerSocket listening;
  private final InetSocketAddress server;
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  Wiretap(URI server) throws IOException {
    this.server = new InetSocketAddress(server.getHost(), server.getPort());
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/");
  }

  byte[] sent() {
    synchronized (sent) {
      return sent.toByteArray();
    }
  }

  private void accept() {
    try {
      while (true) {
        var agent = listening.accept();
        var other = new Socket();
        other.connect(server);
        carry(agent.getInputStream(), other.getOutputStream(), true, other);
        carry(other.getInputStream(), agent.getOutputStream(), false, agent);
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private void carry(InputStream from, OutputStream to, boolean kept, Socket end) {
    Thread.ofVirtual()
        .start(() -> {
          var buffer = new byte[8192];
          try (end) {
            for (var n = from.read(buffer); n >= 0; n = from.read(buffer)) {
              if (kept) {
                synchronized (sent) {
                  sent.write(buffer, 0, n);
                }
              }
              to.write(buffer, 0, n);
              to.flush();
            }
          } catch (IOException e) {
            // One side has hung up.
          }
        });
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
