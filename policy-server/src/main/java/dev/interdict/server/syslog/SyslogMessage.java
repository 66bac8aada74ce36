package dev.interdict.server.syslog;

import dev.interdict.server.events.Event;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// A syslog message (RFC 5424, 6) in its frame (RFC 5425, 4.3): the number of its octets, a space,
/// and the octets.
final class SyslogMessage {
  /// Of facility 13, log audit.
  private static final int FACILITY = 13;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private SyslogMessage() {}

  /// @param host this machine's name
  /// @param text what stands after the header
  static byte[] framed(Event event, String host, long process, String text) {
    var message =
        "<%d>1 %s %s interdict-server %d %s - \uFEFF%s"
            .formatted(
                FACILITY * 8 + severity(event.kind().severity()),
                TIME.format(event.at()),
                name(host, 255),
                process,
                name(event.type(), 32),
                text);
    var octets = message.getBytes(StandardCharsets.UTF_8);
    var head = (octets.length + " ").getBytes(StandardCharsets.US_ASCII);
    var frame = new byte[head.length + octets.length];
    System.arraycopy(head, 0, frame, 0, head.length);
    System.arraycopy(octets, 0, frame, head.length, octets.length);
    return frame;
  }

  /// CEF counts upwards, syslog downwards: error, warning, notice, information.
  private static int severity(int cef) {
    return cef >= 7 ? 3 : cef >= 6 ? 4 : cef >= 4 ? 5 : 6;
  }

  /// A name of the header: visible ASCII without spaces, or `-`.
  private static String name(String text, int most) {
    var visible = text.replaceAll("[^\\x21-\\x7e]", "");
    return visible.isEmpty() ? "-" : visible.substring(0, Math.min(most, visible.length()));
  }
}
