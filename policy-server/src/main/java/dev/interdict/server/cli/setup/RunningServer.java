package dev.interdict.server.cli.setup;

import dev.interdict.server.about.OtherSystem;
import dev.interdict.server.cli.service.Knock;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.events.Links;
import dev.interdict.server.exemptions.ExemptionFiles;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.http.RefusedException;
import dev.interdict.server.http.TlsReload;
import dev.interdict.server.main.Governance;
import dev.interdict.server.main.Parts;
import dev.interdict.server.main.Server;
import dev.interdict.server.main.ServerConfig;
import dev.interdict.server.outbound.Outbound;
import dev.interdict.server.publish.Following;
import dev.interdict.server.publish.ImplausibleTimeException;
import dev.interdict.server.publish.KeyMismatch;
import dev.interdict.server.publish.KeyRole;
import dev.interdict.server.publish.LiveKeys;
import dev.interdict.server.publish.RepositoryRows;
import dev.interdict.server.publish.SignedTime;
import dev.interdict.trust.TimeStatement;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.repository.Repository;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A server out of its folder: both listeners, the signed time, and its [Chores]. Thread-safe;
/// closing twice does nothing.
public final class RunningServer implements AutoCloseable {
  /// How soon what another server published is served here.
  private static final Duration FOLLOWING_EVERY = Duration.ofSeconds(1);

  private static final Duration CERTIFICATE_EVERY = Duration.ofSeconds(10);

  private final Server server;
  private final @Nullable TlsReload certificate;
  private final Chores chores;
  private final @Nullable Following following;
  private final Settings settings;
  private final String pin;
  private final AtomicBoolean closed = new AtomicBoolean();

  private RunningServer(
      Server server,
      @Nullable TlsReload certificate,
      Chores chores,
      @Nullable Following following,
      Settings settings,
      String pin) {
    this.server = server;
    this.certificate = certificate;
    this.chores = chores;
    this.following = following;
    this.settings = settings;
    this.pin = pin;
  }

  /// Starts the server of a folder that is set up.
  ///
  /// @throws Failure if it cannot, in words for whoever typed the command
  public static RunningServer start(ServerFolder folder, Settings settings, Console console)
      throws IOException {
    var open = OpenFolder.of(folder, settings, console);
    Following following = null;
    try {
      following = following(open.parts());
      return start(open, following);
    } catch (IOException | RuntimeException e) {
      if (following != null) {
        following.close();
      }
      open.parts().close();
      throw e;
    }
  }

  private static RunningServer start(OpenFolder open, @Nullable Following following)
      throws IOException {
    var parts = open.parts();
    var settings = open.settings();
    var live = open.live();
    var repository = open.repository();
    var pin = pin(repository, live);
    var exemptionFiles =
        new ExemptionFiles(parts.database(), parts.audit(), repository, live::in, parts.setback());
    var publisher = open.publisher(repository);
    var outbound = settings.outbound();
    var links = new Links(outbound.console());
    var governance =
        Governance.of(
            parts,
            open.clock(),
            publisher,
            exemptionFiles,
            open.folder().keys(),
            settings.exemptions(),
            settings.silentAfter(),
            settings.publishing().criticalGroups(),
            Outbound.sender(parts, outbound, links),
            outbound.mail(),
            Outbound.collector(outbound, links));
    var console = ConsoleRoutes.of(open);
    var telling = new AtomicReference<Supplier<List<OtherSystem>>>(List::of);
    var server =
        listen(() ->
            Server.start(
                open.config(),
                parts,
                governance,
                ServerAbout.of(open, console.oidc(), () -> telling.get().get()),
                nonce ->
                    TimeStatement.sign(nonce, toState(open.clock()), live.get().need(KeyRole.TIME)),
                console));
    var chores = Chores.start(open, repository, exemptionFiles, publisher);
    telling.set(chores::systems);
    var certificate = certificate(open.config(), settings);
    return new RunningServer(server, certificate, chores, following, settings, pin);
  }

  private static @Nullable TlsReload certificate(ServerConfig config, Settings settings) {
    var tls = config.tls();
    var store = settings.tls();
    var password = settings.tlsPassword();
    return tls == null || store == null || password == null
        ? null
        : TlsReload.start(
            tls,
            List.of(store, password),
            () -> OpenServer.tls(store, password),
            CERTIFICATE_EVERY);
  }

  /// Where the files are kept in a database, the folder that is served follows it.
  private static @Nullable Following following(Parts parts) {
    try {
      return parts.signed() instanceof RepositoryRows rows
          ? Following.start(rows, FOLLOWING_EVERY)
          : null;
    } catch (RepositoryException e) {
      throw new Failure(Exit.TRUST, "the signed files cannot be served: " + e.getMessage());
    }
  }

  private static Instant toState(SignedTime clock) {
    try {
      return clock.instant();
    } catch (ImplausibleTimeException e) {
      throw new RefusedException(
          HttpResponse.problem(
              503, "clock", "This server's clock is in doubt: it states no time."));
    }
  }

  private static String pin(Repository repository, LiveKeys live) {
    try {
      // Found only when its role is signed again, it would leave little time to mend it.
      var state = repository.state();
      var keys = live.in(state);
      var wrong = KeyMismatch.of(keys, state);
      // One that belongs to people is not needed to run.
      if (wrong.stream().anyMatch(each -> !each.role().belongsOffline())) {
        throw new Failure(Exit.TRUST, KeyMismatch.inWords(wrong, keys.folder()));
      }
      return Initialisation.sha256(repository.initialRoot());
    } catch (RepositoryException e) {
      throw new Failure(
          Exit.TRUST,
          "the signed repository does not verify, agents would refuse it: " + e.getMessage());
    }
  }

  private interface Listening {
    Server start() throws IOException;
  }

  private static Server listen(Listening listening) throws IOException {
    try {
      return listening.start();
    } catch (IOException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof BindException) {
          throw new Failure(
              Exit.CONFLICT,
              String.valueOf(e.getMessage()).split(": ", 2)[0].replace("on /", "on ")
                  + ": the port is in use; choose another with --device-port or --admin-port");
        }
      }
      throw e;
    }
  }

  /// Where agents reach it on this machine.
  public String deviceUrl() {
    return url(server.devicePort());
  }

  /// The port that agents reach it by.
  int devicePort() {
    return server.devicePort();
  }

  /// Where people reach it on this machine.
  public String adminUrl() {
    return url(server.adminPort());
  }

  private String url(int port) {
    return (settings.tls() == null ? "http://" : "https://") + settings.bind() + ":" + port;
  }

  /// Looks now whether there is a new certificate; why it cannot be presented, or empty.
  String lookForCertificate() {
    return certificate == null ? "" : certificate.look();
  }

  /// As [TlsReload#follow].
  void followCertificate(Consumer<String> follower) {
    if (certificate != null) {
      certificate.follow(follower);
    }
  }

  /// What tells whether agents' listener answers.
  Knock knock() {
    return new Knock(
        settings.bind(), server.devicePort(), settings.tls() == null ? null : _ -> true);
  }

  /// The port of metrics and health on this machine; 0 where they are not asked for.
  public int metricsPort() {
    return chores.metricsPort();
  }

  /// The SHA-256 of the first root, in hex.
  public String pin() {
    return pin;
  }

  /// The slices that it runs on.
  public Parts parts() {
    return server.parts();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      if (certificate != null) {
        certificate.close();
      }
      chores.close();
      if (following != null) {
        following.close();
      }
      server.close();
    }
  }
}
