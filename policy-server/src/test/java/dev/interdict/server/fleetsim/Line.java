package dev.interdict.server.fleetsim;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// One connection to a server: a raw socket, so that nothing is pooled, retried or shared behind
/// the back of a measurement. Used by one thread.
final class Line implements AutoCloseable {
  private static final int MOST_HEAD = 16 << 10;
  private static final int MOST_BODY = 1 << 20;

  private final Socket socket;
  private final InputStream in;

  /// @param tls which servers to believe; null for plain HTTP
  /// @param source a number that chooses one of many loopback addresses to come from: a pair of
  ///   addresses has 28,000 ports, whose closed connections block them for a minute
  Line(InetSocketAddress server, @Nullable SSLContext tls, int source, Duration patience)
      throws IOException {
    socket = tls == null ? new Socket() : tls.getSocketFactory().createSocket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
    var address = new byte[] {127, 0, (byte) (1 + source / 250 % 250), (byte) (1 + source % 250)};
    try {
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(address), 0));
      socket.connect(server, Math.toIntExact(patience.toMillis()));
      in = new BufferedInputStream(socket.getInputStream(), 2048);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /// Sends a request and waits for the answer to it.
  Answer exchange(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    var status = Integer.parseInt(line().substring(9, 12));
    var length = 0;
    var retryAfter = 0;
    var nextContact = 0;
    var kept = true;
    for (var header = line(); !header.isEmpty(); header = line()) {
      var colon = header.indexOf(':');
      var value = header.substring(colon + 1).strip();
      switch (header.substring(0, colon).toLowerCase(Locale.ROOT)) {
        case "content-length" -> length = Integer.parseInt(value);
        case "retry-after" -> retryAfter = Integer.parseInt(value);
        case "interdict-next-contact" -> nextContact = Integer.parseInt(value);
        case "connection" -> kept = !value.equalsIgnoreCase("close");
        default -> {}
      }
    }
    if (length > MOST_BODY) {
      throw new IOException("an answer of " + length + " bytes");
    }
    return new Answer(status, retryAfter, nextContact, kept, in.readNBytes(length));
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    while (line.length() < MOST_HEAD) {
      var next = in.read();
      if (next < 0) {
        throw new EOFException("the connection ended before the answer did");
      }
      if (next == '\n') {
        return line.toString();
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    throw new IOException("a line of more than " + MOST_HEAD + " characters");
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // Closed is what it was to be.
    }
  }
}
