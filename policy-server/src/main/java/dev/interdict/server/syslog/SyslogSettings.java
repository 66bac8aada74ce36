package dev.interdict.server.syslog;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where the collector is.
///
/// @param plain whether without TLS, which only a loopback address may be sent
/// @param ca PEM file with the certificates that the collector's may come from; null for those that
///   Java trusts
public record SyslogSettings(String host, int port, boolean plain, @Nullable Path ca) {
  /// The port that RFC 5425 assigns.
  public static final int PORT = 6514;

  /// As people read it.
  public String place() {
    return host + ":" + port + (plain ? "" : " (TLS)");
  }
}
