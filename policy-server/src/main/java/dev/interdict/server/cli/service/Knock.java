package dev.interdict.server.cli.service;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// Knocks at a listener of this machine's own server: connects, asks for a path, waits for the
/// first line of the answer. It stands for whether the server answers, and not for who it is: a
/// certificate is held against another one at most, since the name it is for leads elsewhere.
///
/// @param bind the address that the server listens on
/// @param own the certificates to take over TLS; null for plain HTTP
public record Knock(String bind, int port, @Nullable Predicate<X509Certificate> own) {
  private static final int PATIENCE_MILLIS = 5_000;
  private static final int LONGEST_LINE = 200;
  private static final String HTTP = "HTTP/1.1 ";

  /// That another certificate was presented.
  public static final class OtherCertificateException extends IOException {
    private static final long serialVersionUID = 1;

    OtherCertificateException(Throwable cause) {
      super("another certificate is presented", cause);
    }
  }

  /// The status line after the protocol, such as `200 OK`.
  ///
  /// @throws OtherCertificateException if what is presented is none of its own
  /// @throws IOException if it does not answer within seconds, or speaks something else
  public String status(String path) throws IOException {
    var bound = InetAddress.getByName(bind);
    var address = bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound;
    try (var plain = new Socket()) {
      plain.connect(new InetSocketAddress(address, port), PATIENCE_MILLIS);
      plain.setSoTimeout(PATIENCE_MILLIS);
      var socket = own == null ? plain : secured(plain, own);
      var ask = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(ask.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      var answer = socket.getInputStream().readNBytes(LONGEST_LINE);
      var line = new String(answer, StandardCharsets.US_ASCII).lines().findFirst().orElse("");
      if (!line.startsWith(HTTP)) {
        throw new IOException("it speaks no HTTP");
      }
      return line.substring(HTTP.length());
    }
  }

  private static SSLSocket secured(Socket plain, Predicate<X509Certificate> own)
      throws IOException {
    var trusted = new OwnCertificate(own);
    try {
      var sockets = trusted.context().getSocketFactory();
      var socket = (SSLSocket) sockets.createSocket(plain, "localhost", 0, true);
      socket.startHandshake();
      return socket;
    } catch (IOException e) {
      if (trusted.sawAnother()) {
        throw new OtherCertificateException(e);
      }
      throw e;
    }
  }
}
