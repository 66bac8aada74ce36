package dev.interdict.agent.cli;

import dev.interdict.agent.state.Uplink;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// By what way the server is reached, as options and as variables of the environment, by which
/// installers are told the same.
final class UplinkOptions {
  @Option(
      names = "--ca",
      paramLabel = "FILE",
      defaultValue = "${env:INTERDICT_CA_FILE}",
      description =
          "Certificates (PEM) of which the server's must come, and of no others: the company's"
              + " authority, or what `interdict-server certificate new` wrote. INTERDICT_CA_FILE"
              + " says the same. The host name is checked in any case.")
  private @Nullable Path ca;

  @Option(
      names = "--proxy",
      paramLabel = "HOST:PORT",
      defaultValue = "${env:INTERDICT_PROXY}",
      description =
          "An HTTP proxy without a password to reach the server by. INTERDICT_PROXY says the same.")
  private @Nullable String proxy;

  /// What is given, in place of what held before.
  ///
  /// @throws IOException if the file holds no certificates
  /// @throws IllegalArgumentException if the proxy is none
  Uplink over(Uplink before) throws IOException {
    var uplink = proxy == null || proxy.isEmpty() ? before : new Uplink(before.ca(), proxy);
    return ca == null || ca.toString().isEmpty() ? uplink : uplink.trusting(ca);
  }
}
