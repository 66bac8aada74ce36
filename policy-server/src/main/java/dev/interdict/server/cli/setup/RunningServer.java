package dev.interdict.server.cli.setup;

import dev.interdict.server.about.About;
import dev.interdict.server.about.Certificate;
import dev.interdict.server.about.OtherSystem;
import dev.interdict.server.access.KeptForms;
import dev.interdict.server.access.oidc.OidcLogin;
import dev.interdict.server.breaker.Breaker;
import dev.interdict.server.breaker.Trips;
import dev.interdict.server.cli.service.Knock;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.events.Afterwards;
import dev.interdict.server.events.Links;
import dev.interdict.server.exemptions.Cases;
import dev.interdict.server.exemptions.ExemptionFiles;
import dev.interdict.server.exemptions.Upkeep;
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
import dev.interdict.server.publish.InForce;
import dev.interdict.server.publish.KeyRole;
import dev.interdict.server.publish.LiveKeys;
import dev.interdict.server.publish.Publications;
import dev.interdict.server.publish.Publisher;
import dev.interdict.server.publish.RepositoryRows;
import dev.interdict.server.publish.Resigning;
import dev.interdict.server.publish.SignedTime;
import dev.interdict.server.web.OidcRoutes;
import dev.interdict.server.web.pages.Fleet;
import dev.interdict.server.web.pages.Pages;
import dev.interdict.trust.TimeStatement;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.repository.Expiries;
import dev.interdict.trust.repository.Repository;
import java.io.IOException;
import java.net.BindException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A server out of its folder: both listeners, the signed time, and the signing schedule.
/// Thread-safe; closing twice does nothing.
public final class RunningServer implements AutoCloseable {
  /// How soon after its end an exemption leaves the signed files; agents go by the date themselves.
  private static final Duration EXEMPTIONS_EVERY = Duration.ofSeconds(30);

  /// How soon what another server published is served here.
  private static final Duration FOLLOWING_EVERY = Duration.ofSeconds(1);

  /// How often what devices report of a rule is looked at.
  private static final Duration BREAKER_EVERY = Duration.ofMinutes(1);

  private static final Duration CERTIFICATE_EVERY = Duration.ofSeconds(10);

  private final Server server;
  private final @Nullable TlsReload certificate;
  private final CertificateRenewal renewal;
  private final @Nullable Following following;
  private final Resigning resigning;
  private final Upkeep exemptions;
  private final Breaker breaker;
  private final Outbound outbound;
  private final Settings settings;
  private final String pin;
  private final AtomicBoolean closed = new AtomicBoolean();

  private RunningServer(
      Server server,
      @Nullable TlsReload certificate,
      CertificateRenewal renewal,
      @Nullable Following following,
      Resigning resigning,
      Upkeep exemptions,
      Breaker breaker,
      Outbound outbound,
      Settings settings,
      String pin) {
    this.server = server;
    this.certificate = certificate;
    this.renewal = renewal;
    this.following = following;
    this.resigning = resigning;
    this.exemptions = exemptions;
    this.breaker = breaker;
    this.outbound = outbound;
    this.settings = settings;
    this.pin = pin;
  }

  /// Starts the server of a folder that is set up.
  ///
  /// @throws Failure if it cannot, in words for whoever typed the command
  public static RunningServer start(ServerFolder folder, Settings settings, Console console)
      throws IOException {
    var live = new LiveKeys(OpenServer.keyring(folder, settings, console));
    live.get().need(KeyRole.TIME);
    var clock = OpenServer.signedTime(folder, console);
    // Found only when something is signed, it would leave devices with a stale policy.
    clock.instant();
    var config = OpenServer.config(folder, settings);
    var parts = OpenServer.parts(folder, config, console);
    Following following = null;
    try {
      following = following(parts);
      return start(folder, settings, console, live, clock, config, parts, following);
    } catch (IOException | RuntimeException e) {
      if (following != null) {
        following.close();
      }
      parts.close();
      throw e;
    }
  }

  private static RunningServer start(
      ServerFolder folder,
      Settings settings,
      Console console,
      LiveKeys live,
      SignedTime clock,
      ServerConfig config,
      Parts parts,
      @Nullable Following following)
      throws IOException {
    var repository = OpenServer.repository(folder, live.get(), parts, console);
    var pin = pin(repository, live);
    var exemptionFiles =
        new ExemptionFiles(parts.database(), parts.audit(), repository, live::in, parts.setback());
    var publisher = publisher(parts, repository, live, settings);
    var governance =
        Governance.of(
            parts,
            clock,
            publisher,
            exemptionFiles,
            folder.keys(),
            settings.exemptions(),
            settings.silentAfter(),
            settings.publishing().criticalGroups(),
            Outbound.sender(parts, settings.outbound(), new Links(settings.outbound().console())));
    var oidc = oidc(config, parts);
    var telling = new AtomicReference<@Nullable Outbound>();
    var server =
        listen(() ->
            Server.start(
                config,
                parts,
                governance,
                about(config, settings, oidc, telling),
                nonce -> TimeStatement.sign(nonce, toState(clock), live.get().need(KeyRole.TIME)),
                (router, api) -> {
                  var pages = pages(config, parts);
                  pages.addTo(router, api);
                  pages.commandLines(parts.commandLines(), parts.clock()).addTo(router);
                  if (oidc != null) {
                    new OidcRoutes(oidc, parts.clock()).addTo(router);
                    pages
                        .keptForms(
                            new KeptForms(parts.database(), new SecureRandom(), parts.clock()))
                        .addTo(router);
                  }
                }));
    var resigning =
        Resigning.start(
            repository,
            live,
            Expiries.STANDARD,
            settings.timestampEvery(),
            new Publications(parts.database(), parts.audit(), parts.clock()),
            parts.leases(),
            console.clock());
    var exemptions =
        new Upkeep(parts.database(), parts.audit(), clock, exemptionFiles)
            .start(EXEMPTIONS_EVERY, parts.leases());
    var breaker = breaker(parts, publisher, settings).start(BREAKER_EVERY, parts.leases());
    var certificate = certificate(config, settings);
    var renewal = CertificateRenewal.start(folder, console);
    var outbound =
        Outbound.start(
            parts,
            settings.outbound(),
            new Outbound.Place(
                config.repository(),
                clock,
                new InForce(new Publications(parts.database(), parts.audit(), parts.clock())),
                config.tls(),
                config.reports().zone()));
    telling.set(outbound);
    return new RunningServer(
        server,
        certificate,
        renewal,
        following,
        resigning,
        exemptions,
        breaker,
        outbound,
        settings,
        pin);
  }

  /// @param telling what tells other systems, once it runs
  private static About about(
      ServerConfig config,
      Settings settings,
      @Nullable OidcLogin oidc,
      AtomicReference<@Nullable Outbound> telling) {
    var tls = config.tls();
    return new About(
        Outbound.version(),
        settings.url(),
        config.database().toString(),
        SettingsSheet.of(settings),
        () -> {
          var shown = tls == null ? null : tls.certificate();
          return shown == null
              ? null
              : new Certificate(
                  shown.getSubjectX500Principal().getName(),
                  shown.getIssuerX500Principal().getName(),
                  shown.getNotAfter().toInstant());
        },
        () -> {
          var running = telling.get();
          var systems = new ArrayList<OtherSystem>();
          if (running != null) {
            systems.addAll(running.systems());
          }
          systems.add(provider(settings, oidc));
          return systems;
        });
  }

  private static OtherSystem provider(Settings settings, @Nullable OidcLogin oidc) {
    var provider = settings.oidc();
    if (provider == null || oidc == null) {
      return OtherSystem.none("oidc");
    }
    var trouble = oidc.trouble();
    return new OtherSystem(
        "oidc", provider.issuer().toString(), 0, trouble == null ? 0 : 1, trouble);
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

  /// What publishes with the keys that are trusted at that moment.
  private static Supplier<Publisher> publisher(
      Parts parts, Repository repository, LiveKeys live, Settings settings) {
    var publications = new Publications(parts.database(), parts.audit(), parts.clock());
    return () -> {
      try {
        var keys = live.in(repository.state());
        return new Publisher(repository.with(keys.online()), keys, publications, settings.issuer());
      } catch (RepositoryException e) {
        throw new IllegalStateException("the signed repository does not verify", e);
      }
    };
  }

  private static Breaker breaker(Parts parts, Supplier<Publisher> publisher, Settings settings) {
    var publications = new Publications(parts.database(), parts.audit(), parts.clock());
    var inForce = new InForce(publications);
    return new Breaker(
        parts.database(),
        new Trips(parts.database(), parts.audit(), parts.clock()),
        parts.clock(),
        settings.publishing().breaker(),
        () -> inForce.get().rules(),
        (actor, rules, reason) -> publisher.get().brake().holdAtLeast(actor, rules, reason));
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

  private static @Nullable OidcLogin oidc(ServerConfig config, Parts parts) {
    var settings = config.access().oidc();
    return settings == null
        ? null
        : new OidcLogin(
            settings,
            parts.database(),
            parts.accounts(),
            parts.sessions(),
            new SecureRandom(),
            parts.clock());
  }

  /// What people see in a browser, on the admin listener.
  private static dev.interdict.server.web.Console pages(ServerConfig config, Parts parts) {
    var publications = new Publications(parts.database(), parts.audit(), parts.clock());
    var fleet =
        new Fleet(
            parts.compliance(),
            new InForce(publications),
            parts.clock(),
            config.silentAfter(),
            ZoneId.systemDefault(),
            new Afterwards(parts.database()),
            new Cases(parts.database())::requests);
    return new dev.interdict.server.web.Console(
        Pages.of(fleet, parts.looks()),
        fleet,
        parts.sessions(),
        parts.gate(),
        config.access().oidc() != null,
        new SecureRandom());
  }

  private static String pin(Repository repository, LiveKeys live) {
    try {
      // Found only when its role is signed again, it would leave little time to mend it.
      var state = repository.state();
      var keys = live.in(state);
      keys.untrusted(state)
          .ifPresent(role -> {
            throw new Failure(
                Exit.TRUST,
                "the key in "
                    + keys.file(role).orElse(role.file())
                    + " is not the one that agents trust for "
                    + role.written()
                    + "; bring back the right file");
          });
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
    return outbound.metricsPort();
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
      renewal.close();
      if (certificate != null) {
        certificate.close();
      }
      outbound.close();
      breaker.close();
      exemptions.close();
      resigning.close();
      if (following != null) {
        following.close();
      }
      server.close();
    }
  }
}
