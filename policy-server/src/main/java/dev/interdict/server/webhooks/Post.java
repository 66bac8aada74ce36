package dev.interdict.server.webhooks;

import dev.interdict.server.peer.PeerSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// One POST over HTTP/1.1 (RFC 9112), to an address that was checked. Follows nothing, keeps no
/// connection, and reads no more of the answer than it needs: a receiver is not trusted.
final class Post {
  static final int MOST_ANSWER = 16 << 10;

  /// What a receiver has for the rest of its answer, once its status is known.
  static final Duration REST = Duration.ofSeconds(1);

  private static final byte[] NOTHING = {};
  private static final String INTERIM = "HTTP/1.1 1";
  private static final String NO_CONTENT = "HTTP/1.1 204";
  private static final String END = "\r\n\r\n";
  private static final Pattern LENGTH =
      Pattern.compile("(?im)^content-length:[ \\t]*([0-9]{1,9})[ \\t]*$");
  private static final Pattern CHUNKED = Pattern.compile("(?im)^transfer-encoding:.*chunked");

  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: .*)?");

  private Post() {}

  /// What came back.
  ///
  /// @param body at most the first 16 KiB of head and body, as it was sent
  record Answer(int status, String body) {}

  /// @throws IOException if no status came in time
  static Answer send(
      Destination to, Map<String, String> headers, byte[] body, SSLContext tls, Duration limit)
      throws IOException {
    var uri = to.uri();
    var secure = !"http".equalsIgnoreCase(uri.getScheme());
    try (var peer =
        PeerSocket.connect(
            to.addresses(),
            Destination.host(uri),
            Destination.port(uri),
            secure ? tls : null,
            limit)) {
      var out = peer.socket().getOutputStream();
      out.write(head(to, headers, body.length).getBytes(StandardCharsets.US_ASCII));
      out.write(body);
      out.flush();
      return answer(Source.of(peer.socket(), limit));
    }
  }

  private static String head(Destination to, Map<String, String> headers, int length) {
    var uri = to.uri();
    var path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    var text = new StringBuilder();
    text.append("POST ").append(path).append(query).append(" HTTP/1.1\r\n");
    text.append("Host: ").append(uri.getRawAuthority()).append("\r\n");
    text.append("User-Agent: Interdict\r\nConnection: close\r\n");
    text.append("Content-Type: application/json; charset=utf-8\r\n");
    text.append("Content-Length: ").append(length).append("\r\n");
    headers.forEach((name, value) -> {
      if (value.chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
        throw new IllegalArgumentException("the header " + name + " cannot be written");
      }
      text.append(name).append(": ").append(value).append("\r\n");
    });
    return text.append("\r\n").toString();
  }

  /// Reads an answer. Its first line decides, so what comes after it, or does not come, makes it
  /// neither another nor none: a message that was taken is not sent again because the receiver's
  /// answer never ends.
  static Answer answer(Source in) throws IOException {
    var got = new ByteArrayOutputStream();
    while (true) {
      var text = afterInterim(got.toString(StandardCharsets.UTF_8));
      if (text.contains("\n") && !text.startsWith(INTERIM)) {
        return new Answer(status(text), text + rest(in, text, MOST_ANSWER - got.size()));
      }
      var some = got.size() < MOST_ANSWER ? in.read(MOST_ANSWER - got.size(), null) : NOTHING;
      if (some.length == 0) {
        return new Answer(status(text.startsWith(INTERIM) ? "" : text), text);
      }
      got.writeBytes(some);
    }
  }

  /// Without the answers before the last one (RFC 9110, section 15.2).
  private static String afterInterim(String text) {
    var last = text;
    while (last.startsWith(INTERIM) && last.contains(END)) {
      last = last.substring(last.indexOf(END) + END.length());
    }
    return last;
  }

  private static int status(String text) throws IOException {
    var line = text.lines().findFirst().orElse("");
    var status = STATUS.matcher(line);
    if (!status.matches()) {
      throw new IOException(
          line.isEmpty() ? "the connection ended without an answer" : "the answer is not HTTP/1.1");
    }
    return Integer.parseInt(status.group(1));
  }

  /// What comes after the first line within [#REST] and `most` bytes.
  private static String rest(Source in, String begun, int most) {
    var got = new ByteArrayOutputStream();
    var end = System.nanoTime() + REST.toNanos();
    try {
      while (got.size() < most && !isWhole(begun + got.toString(StandardCharsets.UTF_8))) {
        var left = Duration.ofNanos(end - System.nanoTime());
        var some = left.isPositive() ? in.read(most - got.size(), left) : NOTHING;
        if (some.length == 0) {
          break;
        }
        got.writeBytes(some);
      }
    } catch (IOException e) {
      // What came is all that there is.
    }
    return got.toString(StandardCharsets.UTF_8);
  }

  /// Whether a body has come as far as its head says; where it does not say, the connection ends.
  private static boolean isWhole(String text) {
    var end = text.indexOf(END);
    if (end < 0) {
      return false;
    }
    var head = text.substring(0, end);
    var length = LENGTH.matcher(head);
    var body = text.substring(head.length() + END.length()).getBytes(StandardCharsets.UTF_8).length;
    return length.find()
        ? body >= Long.parseLong(length.group(1))
        : head.startsWith(NO_CONTENT) || CHUNKED.matcher(head).find() && text.endsWith("0" + END);
  }

  /// Where an answer comes from.
  interface Source {
    /// Some bytes; none at the end.
    ///
    /// @param left null to wait for as long as the connection lasts
    byte[] read(int most, @Nullable Duration left) throws IOException;

    static Source of(Socket socket, Duration limit) throws IOException {
      var in = socket.getInputStream();
      return (most, left) -> {
        var wait = left == null ? limit : left;
        socket.setSoTimeout((int) Math.max(1, wait.toMillis()));
        return some(in, most);
      };
    }

    static byte[] some(InputStream in, int most) throws IOException {
      var bytes = new byte[Math.min(most, 4 << 10)];
      var n = in.read(bytes);
      return n <= 0 ? NOTHING : Arrays.copyOf(bytes, n);
    }
  }
}
