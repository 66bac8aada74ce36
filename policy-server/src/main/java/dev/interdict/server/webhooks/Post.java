package dev.interdict.server.webhooks;

import dev.interdict.server.peer.PeerSocket;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/// One POST over HTTP/1.1 (RFC 9112), to an address that was checked. Follows nothing, keeps no
/// connection, and reads no more of the answer than it needs: a receiver is not trusted.
final class Post {
  static final int MOST_ANSWER = 16 << 10;

  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: .*)?");

  private Post() {}

  /// What came back.
  ///
  /// @param body at most the first 16 KiB of head and body, as it was sent
  record Answer(int status, String body) {}

  /// @throws IOException if no whole answer came in time
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
      return answer(peer.socket().getInputStream());
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

  static Answer answer(InputStream in) throws IOException {
    var bytes = in.readNBytes(MOST_ANSWER);
    var text = new String(bytes, StandardCharsets.UTF_8);
    while (text.startsWith("HTTP/1.1 1")) {
      var next = text.indexOf("\r\n\r\n");
      text = next < 0 ? "" : text.substring(next + 4);
    }
    var line = text.lines().findFirst().orElse("");
    var status = STATUS.matcher(line);
    if (!status.matches()) {
      throw new IOException(
          line.isEmpty() ? "the connection ended without an answer" : "the answer is not HTTP/1.1");
    }
    return new Answer(Integer.parseInt(status.group(1)), text);
  }
}
