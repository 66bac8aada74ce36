package dev.interdict.server.access.oidc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.server.access.Role;
import dev.interdict.server.scope.Scope;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/// oidc-provider, a certified OpenID provider for Node, which is installed into a folder of its own
/// and runs on a free port of this machine. Whoever signs in there as `stranger` is of no group of
/// ours, `boss` is an administrator, and everybody else is an author.
public final class RealProvider implements AutoCloseable {
  private static final String PACKAGE = "oidc-provider@8.8.1";

  private final Process node;
  private final URI issuer;

  private RealProvider(Process node, URI issuer) {
    this.node = node;
    this.issuer = issuer;
  }

  /// Starts it, or skips the test where this machine cannot. `-Dinterdict.oidc-provider=FOLDER`
  /// names one in which the package is installed already.
  public static RealProvider start(Path folder) throws IOException, InterruptedException {
    var place = installed(folder);
    var script = place.resolve("provider.mjs");
    try (var from =
        Objects.requireNonNull(RealProvider.class.getResourceAsStream("provider.mjs"))) {
      Files.write(script, from.readAllBytes());
    }
    var log = folder.resolve("node.log");
    // For a program on this machine a provider takes any port of it.
    var node =
        new ProcessBuilder("node", script.toString(), "http://127.0.0.1" + OidcLogin.CALLBACK)
            .directory(place.toFile())
            .redirectError(log.toFile())
            .start();
    var issuer = String.valueOf(node.inputReader(StandardCharsets.UTF_8).readLine());
    if (!issuer.startsWith("http")) {
      throw new IllegalStateException(Files.readString(log));
    }
    return new RealProvider(node, URI.create(issuer));
  }

  private static Path installed(Path folder) throws IOException, InterruptedException {
    var there = System.getProperty("interdict.oidc-provider");
    if (there != null) {
      return Path.of(there);
    }
    try {
      var npm =
          new ProcessBuilder(
                  "npm",
                  "install",
                  "--silent",
                  "--no-audit",
                  "--no-fund",
                  "--ignore-scripts",
                  PACKAGE)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("npm.log").toFile())
              .start();
      var ended = npm.waitFor(2, TimeUnit.MINUTES);
      npm.destroy();
      assumeTrue(ended && npm.exitValue() == 0, "npm install " + PACKAGE + " did not succeed");
    } catch (IOException e) {
      assumeTrue(false, "there is no npm here");
    }
    return folder;
  }

  /// Where it is.
  public String address() {
    return issuer.toString();
  }

  /// What a console at that address is set to.
  public OidcSettings settings(URI console) {
    try {
      return new OidcSettings(
          issuer,
          "interdict",
          "s",
          null,
          console,
          "groups",
          OidcSettings.SCOPES,
          Set.of(),
          SSLContext.getDefault(),
          null,
          List.of(
              new OidcSettings.Mapping("authors", Set.of(Role.AUTHOR), Scope.WHOLE),
              new OidcSettings.Mapping("admins", Set.of(Role.ADMINISTRATOR), Scope.WHOLE)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    node.destroy();
    node.waitFor();
  }
}
