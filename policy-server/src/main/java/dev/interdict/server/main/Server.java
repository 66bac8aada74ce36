package dev.interdict.server.main;

import dev.interdict.server.about.About;
import dev.interdict.server.access.AccountDesk;
import dev.interdict.server.api.DeviceApi;
import dev.interdict.server.api.Pace;
import dev.interdict.server.api.PeopleApi;
import dev.interdict.server.api.SignedFiles;
import dev.interdict.server.api.TimeSigner;
import dev.interdict.server.compliance.Daily;
import dev.interdict.server.events.Links;
import dev.interdict.server.evidence.AuditPack;
import dev.interdict.server.failures.FailureDesk;
import dev.interdict.server.failures.FailureQueue;
import dev.interdict.server.fleet.CheckIns;
import dev.interdict.server.fleet.ContactSweep;
import dev.interdict.server.fleet.Contacts;
import dev.interdict.server.fleet.Enrolment;
import dev.interdict.server.fleet.Farewells;
import dev.interdict.server.fleet.Heartbeats;
import dev.interdict.server.fleet.Intake;
import dev.interdict.server.fleet.KeyChanges;
import dev.interdict.server.fleet.Pruning;
import dev.interdict.server.fleet.Shading;
import dev.interdict.server.fleet.expected.OwnDevices;
import dev.interdict.server.http.Listener;
import dev.interdict.server.http.Router;
import dev.interdict.server.idempotency.Once;
import dev.interdict.server.proposal.Proposals;
import dev.interdict.server.publish.InForce;
import dev.interdict.server.publish.KnownRules;
import dev.interdict.server.publish.Publications;
import dev.interdict.server.views.SavedViews;
import dev.interdict.server.views.Schedules;
import dev.interdict.server.web.Api;
import dev.interdict.trust.repository.Repository;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The running server: one listener for devices, one for admins, and a sampler. Closing it finishes
/// what was accepted, then closes the parts as well.
public final class Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private final Parts parts;
  private final Listener device;
  private final Listener admin;
  private final ScheduledExecutorService sampler;
  private final ContactSweep contacts;
  private final Housekeeping housekeeping;

  private Server(
      Parts parts,
      Listener device,
      Listener admin,
      ScheduledExecutorService sampler,
      ContactSweep contacts,
      Housekeeping housekeeping) {
    this.parts = parts;
    this.housekeeping = housekeeping;
    this.contacts = contacts;
    this.device = device;
    this.admin = admin;
    this.sampler = sampler;
  }

  /// The console, which speaks to people by the API.
  @FunctionalInterface
  public interface Pages {
    /// Adds its routes to the admin listener.
    void addTo(Router router, Api api);
  }

  /// Starts a server over whose API nothing is decided, for it has no keys to publish with.
  ///
  /// @throws IOException if a listener cannot start
  public static Server start(ServerConfig config, Parts parts, TimeSigner time, Pages pages)
      throws IOException {
    return start(config, parts, null, null, time, pages);
  }

  /// Starts listening. From here on the server owns `parts`, also when this fails.
  ///
  /// @param governance by which people decide over the API; null if nothing is
  /// @param about what it tells of itself; null for nothing
  /// @param time signs the time for devices
  /// @param pages adds the console's routes to the admin listener
  /// @throws IOException if a listener cannot start
  public static Server start(
      ServerConfig config,
      Parts parts,
      @Nullable Governance governance,
      @Nullable About about,
      TimeSigner time,
      Pages pages)
      throws IOException {
    Listener device = null;
    try {
      var contacts = new Contacts();
      var heartbeats =
          new Heartbeats(parts.database(), contacts, parts.clock(), config.reports().wholeWithin());
      var routes = deviceRoutes(config, parts, time, contacts, heartbeats);
      device =
          Listener.start(
              "device", config.device(), config.tls(), config.access().proxies(), routes);
      var daily = daily(config, parts);
      var admin =
          Listener.start(
              "admin",
              config.admin(),
              config.tls(),
              config.access().proxies(),
              adminRoutes(parts, daily, governance, about, pages));
      var sweep = new ContactSweep(parts.database(), contacts, heartbeats, parts.clock()).start();
      return new Server(
          parts, device, admin, sampler(config, parts), sweep, housekeeping(config, parts, daily));
    } catch (IOException | RuntimeException e) {
      if (device != null) {
        device.close();
      }
      parts.close();
      throw e;
    }
  }

  private static Router deviceRoutes(
      ServerConfig config, Parts parts, TimeSigner time, Contacts contacts, Heartbeats heartbeats) {
    var router = new Router();
    new DeviceApi(
            new Enrolment(parts.database(), parts.audit(), parts.clock(), config.silentAfter()),
            new Intake(
                parts.database(),
                parts.audit(),
                parts.clock(),
                parts.setback(),
                contacts,
                known(parts)),
            heartbeats,
            new KeyChanges(parts.database(), parts.audit(), contacts, parts.clock()),
            new Farewells(parts.database(), parts.audit(), contacts, parts.clock()),
            new CheckIns(parts.clock(), new Random(), config.reports().checkInEvery()),
            parts.database()::crowded,
            time,
            new SignedFiles(config.repository()))
        .addTo(router);
    return router;
  }

  private static KnownRules known(Parts parts) {
    var publications = new Publications(parts.database(), parts.audit(), parts.clock());
    return new KnownRules(new InForce(publications));
  }

  private static Router adminRoutes(
      Parts parts,
      Daily daily,
      @Nullable Governance governance,
      @Nullable About about,
      Pages pages) {
    var router = new Router();
    var people = people(parts, daily, governance);
    if (about != null) {
      people.server(about, parts.signed());
    }
    people.addTo(router);
    pages.addTo(router, people.forPages());
    return router;
  }

  /// The API for people over these parts.
  ///
  /// @param governance by which they decide over it; null if nothing is decided
  public static PeopleApi people(Parts parts, Daily daily, @Nullable Governance governance) {
    var database = parts.database();
    var once = new Once(database, parts.clock());
    var api =
        new PeopleApi(
                parts.gate(), once, Pace.standard(parts.clock()), parts.apiTokens(), parts.looks())
            .sessions(parts.accounts(), parts.sessions(), parts.factors(), parts.commandLines())
            .own(parts.accounts(), new OwnDevices(database), parts.compliance(), parts.looks())
            .reading(
                database,
                parts.audit(),
                parts.compliance(),
                daily,
                governance == null ? new Links("") : governance.links())
            .fleet(parts.expected(), parts.admissions(), parts.tokens())
            .accounts(
                parts.accounts(),
                new AccountDesk(database, parts.audit(), parts.clock()),
                parts.factors(),
                parts.apiTokens(),
                parts.clock())
            .queue(
                new FailureQueue(database),
                new FailureDesk(database, parts.audit(), parts.clock()),
                parts.accounts());
    if (governance != null) {
      api.rules(
              governance.drafts(),
              governance.examiner(),
              governance.previews(),
              governance.reviews(),
              governance.releases(),
              governance.publisher())
          .published(
              governance.publications(),
              parts.signed(),
              parts.compliance(),
              governance.publisher(),
              governance.trips(),
              governance.register(),
              new Proposals(database, parts.audit(), parts.clock()),
              parts.clock())
          .exemptions(
              database,
              governance.clock(),
              governance.cases(),
              governance.decisions(),
              governance.exemptionFiles(),
              governance.examiner().published(),
              governance.keys(),
              parts.compliance())
          .offline(
              governance.drafts(),
              governance.releases(),
              governance.publisher(),
              governance.publications(),
              parts.compliance(),
              new Proposals(database, parts.audit(), parts.clock()),
              governance.clock())
          .installed(database, new InForce(governance.publications()))
          .rings(
              database,
              parts.audit(),
              new InForce(governance.publications()),
              new Proposals(database, parts.audit(), parts.clock()),
              parts.clock())
          .evidence(
              database,
              parts.audit(),
              new AuditPack(
                  database, governance.publications(), parts.signed(), daily, parts.clock()),
              daily.zone())
          .views(
              database,
              new SavedViews(database, parts.audit(), parts.clock(), new SecureRandom()),
              new Schedules(database, parts.audit(), parts.clock(), new SecureRandom()),
              new InForce(governance.publications()),
              parts.clock())
          .webhooks(governance.webhooks());
    }
    return api;
  }

  private static Daily daily(ServerConfig config, Parts parts) {
    return new Daily(
        parts.database(),
        parts.compliance(),
        parts.clock(),
        config.silentAfter(),
        config.reports().zone());
  }

  private static Housekeeping housekeeping(ServerConfig config, Parts parts, Daily daily) {
    var reports = config.reports();
    return new Housekeeping(
            new Shading(parts.database(), config.silentAfter()),
            daily,
            new EventChores(
                parts.database(),
                parts.leases(),
                parts.audit(),
                config.silentAfter(),
                config.events()),
            new Pruning(parts.database(), reports.reportsFor(), reports.evidenceFor()),
            parts.clock(),
            () -> Repository.read(parts.signed()).timestamp().header().issued(),
            parts.leases(),
            reports.samplesFor())
        .start();
  }

  private static ScheduledExecutorService sampler(ServerConfig config, Parts parts) {
    var sampler =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("sampler").daemon().factory());
    var period = config.samplePeriod().toMillis();
    var lease = config.samplePeriod().minus(config.samplePeriod().dividedBy(10));
    // At once too, so that a chart has a point soon after the first start.
    var _ =
        sampler.scheduleAtFixedRate(
            () -> sample(parts, lease), Math.min(period, 5_000), period, TimeUnit.MILLISECONDS);
    return sampler;
  }

  private static void sample(Parts parts, Duration lease) {
    try {
      // Of several servers one takes it.
      if (parts.leases().take("sample", lease)) {
        parts.history().sample();
      }
    } catch (RuntimeException e) {
      // Thrown on, it would end the schedule; the next sample may succeed.
      LOG.atWarn().setCause(e).log("no sample of the counts was taken");
    }
  }

  /// The port that devices talk to.
  public int devicePort() {
    return device.port();
  }

  /// The port that people talk to.
  public int adminPort() {
    return admin.port();
  }

  /// The slices that it runs on.
  public Parts parts() {
    return parts;
  }

  @Override
  public void close() {
    sampler.shutdown();
    admin.close();
    device.close();
    housekeeping.close();
    contacts.close();
    try {
      if (!sampler.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.atWarn().log("the sampler did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    parts.close();
  }
}
