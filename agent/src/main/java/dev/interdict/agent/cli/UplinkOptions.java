package dev.interdict.agent.cli;

import dev.interdict.agent.state.Uplink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// By what way the server is reached, as options.
final class UplinkOptions {
  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description =
          "Certificates (PEM) of which the server's must come, and of no others: the company's"
              + " authority, or what `interdict-server certificate new` wrote. The host name is"
              + " checked in any case.")
  private @Nullable Path ca;

  @Option(
      names = "--proxy",
      paramLabel = "HOST:PORT",
      description = "An HTTP proxy without a password to reach the server by.")
  private @Nullable String proxy;

  /// What is given, in place of what held before.
  ///
  /// @throws IOException if the file holds no certificates
  /// @throws IllegalArgumentException if the proxy is none
  Uplink over(Uplink before) throws IOException {
    return over(before, ca, proxy);
  }

  /// What is given, in place of what the environment says; by it installers are told the same.
  ///
  /// @throws IOException if a file holds no certificates
  /// @throws IllegalArgumentException if a proxy is none
  Uplink over(Map<String, String> environment) throws IOException {
    var file = environment.getOrDefault("INTERDICT_CA_FILE", "");
    var told = environment.getOrDefault("INTERDICT_PROXY", "");
    return over(
        over(Uplink.STRAIGHT, file.isEmpty() ? null : Path.of(file), told.isEmpty() ? null : told));
  }

  private static Uplink over(Uplink before, @Nullable Path ca, @Nullable String proxy)
      throws IOException {
    var uplink = proxy == null ? before : new Uplink(before.ca(), proxy);
    return ca == null ? uplink : uplink.trusting(ca);
  }
}
