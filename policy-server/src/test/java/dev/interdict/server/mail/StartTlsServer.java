package dev.interdict.server.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// A mail server that speaks in the clear until it is asked for TLS (RFC 3207), or one whose offer
/// somebody on the way took out. Keeps what it heard, in the clear and after.
final class StartTlsServer implements AutoCloseable {
  final List<String> clear = new CopyOnWriteArrayList<>();
  final List<String> covered = new CopyOnWriteArrayList<>();
  private final ServerSocket socket;
  private final SSLContext tls;
  private final boolean offers;

  /// What it says to a recipient, a sender and a password, where that is not that all is fine.
  volatile @Nullable String toRecipient;

  volatile @Nullable String toSender;
  volatile @Nullable String toPassword;

  /// What in a text it answers with a later time, as one does that looks into mails.
  volatile @Nullable String unwanted;

  /// Whether it hangs up on that instead of saying so.
  volatile boolean rude;

  StartTlsServer(SSLContext tls, boolean offers) throws IOException {
    this.tls = tls;
    this.offers = offers;
    socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        var client = socket.accept();
        Thread.ofVirtual().start(() -> talk(client, clear));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void talk(Socket client, List<String> heard) {
    try (client) {
      var in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
      if (heard == clear) {
        say(client, "220 mail");
      }
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        heard.add(line);
        var word = line.split(" ", 2)[0].toUpperCase(java.util.Locale.ROOT);
        switch (word) {
          case "EHLO" ->
              say(
                  client,
                  heard == clear
                      ? offers ? "250-mail\r\n250 STARTTLS" : "250 mail"
                      : "250-mail\r\n250 AUTH PLAIN");
          case "RCPT" -> say(client, toRecipient == null ? "250 fine" : toRecipient);
          case "MAIL" -> say(client, toSender == null ? "250 fine" : toSender);
          case "AUTH" -> say(client, toPassword == null ? "235 fine" : toPassword + " " + line);
          case "STARTTLS" -> {
            say(client, "220 go on");
            var covering =
                (SSLSocket) tls.getSocketFactory().createSocket(client, "localhost", port(), true);
            covering.setUseClientMode(false);
            covering.startHandshake();
            talk(covering, covered);
            return;
          }
          case "DATA" -> {
            say(client, "354 go on");
            var text = new StringBuilder();
            for (var next = in.readLine(); next != null && !next.equals("."); ) {
              heard.add(next);
              text.append(next).append('\n');
              next = in.readLine();
            }
            var not = unwanted;
            if (not != null && text.indexOf(not) >= 0) {
              if (rude) {
                return;
              }
              say(client, "451 try again later");
            } else {
              say(client, "250 taken");
            }
          }
          case "QUIT" -> {
            say(client, "221 bye");
            return;
          }
          default -> say(client, "250 fine");
        }
      }
    } catch (IOException e) {
      heard.add("broken off");
    }
  }

  private static void say(Socket client, String line) throws IOException {
    client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
