package dev.interdict.server.syslog;

import dev.interdict.server.events.Event;
import dev.interdict.server.events.Follower;
import dev.interdict.server.events.Links;
import dev.interdict.server.peer.PeerSocket;
import dev.interdict.server.peer.Resolver;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;

/// Hands events to a syslog collector, a connection to a batch. The protocol has no answer; that
/// the collector ended the connection after us is the one sign that it read it all, and without it
/// the batch is sent again under the same ids.
public final class SyslogReader implements Follower.Reader {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final SyslogSettings settings;
  private final SSLContext tls;
  private final Links links;
  private final String host;
  private final String version;

  /// @param host this machine's name
  /// @param version of this server
  public SyslogReader(
      SyslogSettings settings, SSLContext tls, Links links, String host, String version) {
    this.settings = settings;
    this.tls = tls;
    this.links = links;
    this.host = host;
    this.version = version;
  }

  /// Where the collector is.
  public String place() {
    return settings.place();
  }

  @Override
  public void read(List<Event> events) throws IOException {
    var addresses = Resolver.SYSTEM.addresses(settings.host());
    for (var address : addresses) {
      if (settings.plain() && !address.isLoopbackAddress()) {
        throw new IOException("syslog without TLS is for loopback addresses only");
      }
    }
    try (var peer =
        PeerSocket.connect(
            addresses, settings.host(), settings.port(), settings.plain() ? null : tls, LIMIT)) {
      write(events, peer.socket().getOutputStream());
      // Our end is closed; theirs follows once they read what came before.
      peer.socket().shutdownOutput();
      if (peer.socket().getInputStream().read() >= 0) {
        throw new IOException("the collector answers, so it does not speak syslog");
      }
    }
  }

  private void write(List<Event> events, OutputStream out) throws IOException {
    var process = ProcessHandle.current().pid();
    for (var event : events) {
      var text = Cef.of(event, version, links.of(event));
      out.write(SyslogMessage.framed(event, host, process, text));
    }
    out.flush();
  }
}
