package dev.interdict.server.cli.remote;

import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A server that somebody is let into.
///
/// @param server its address, without a path
/// @param authorities a file of certificates (PEM) to believe besides those of the machine; null
///   for none
record Profile(URI server, Credential credential, @Nullable Path authorities) {
  Profile {
    var host = server.getHost();
    var scheme = server.getScheme();
    if (host == null
        || !("https".equals(scheme) || "http".equals(scheme))
        || server.getRawQuery() != null
        || server.getUserInfo() != null
        || !server.getRawPath().matches("/?")) {
      throw new Failure(
          Exit.USAGE, "\"" + server + "\" is no server's address; write https://HOST:PORT");
    }
    if (scheme.equals("http") && !isHere(host)) {
      throw new Failure(
          Exit.USAGE,
          server + " would send what lets you in where others can read it; write https://" + host);
    }
  }

  private static boolean isHere(String host) {
    if (!host.equals("localhost") && !host.matches("[0-9.]+|\\[[0-9a-f:]+]")) {
      return false;
    }
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /// Leaves the token out.
  @Override
  public String toString() {
    return "Profile[" + server + "]";
  }
}
