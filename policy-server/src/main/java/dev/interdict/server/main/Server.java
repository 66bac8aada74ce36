package dev.interdict.server.main;

import dev.interdict.server.about.About;
import dev.interdict.server.access.KeptForms;
import dev.interdict.server.api.DeviceApi;
import dev.interdict.server.api.Pace;
import dev.interdict.server.api.SignedFiles;
import dev.interdict.server.api.TimeSigner;
import dev.interdict.server.compliance.Daily;
import dev.interdict.server.compliance.DailyRun;
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
import dev.interdict.server.http.Listener;
import dev.interdict.server.http.Router;
import dev.interdict.server.publish.InForce;
import dev.interdict.server.publish.KnownRules;
import dev.interdict.server.publish.Publications;
import dev.interdict.server.scim.Directory;
import dev.interdict.server.scim.ScimRoutes;
import dev.interdict.server.web.Api;
import dev.interdict.trust.repository.Repository;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// The running server: one listener for devices, one for admins, and a sampler. Closing it finishes
/// what was accepted, then closes the parts as well.
public final class Server implements AutoCloseable {
  private final Parts parts;
  private final Listener device;
  private final Listener admin;
  private final Sampler sampler;
  private final ContactSweep contacts;
  private final Housekeeping housekeeping;

  private Server(
      Parts parts,
      Listener device,
      Listener admin,
      Sampler sampler,
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
          parts,
          device,
          admin,
          Sampler.start(parts.history(), parts.leases(), config.samplePeriod()),
          sweep,
          housekeeping(config, parts));
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
    var people = PeopleAssembly.of(parts, daily, governance);
    if (about != null) {
      people.server(about, parts.signed());
    }
    people.addTo(router);
    new ScimRoutes(
            parts.gate(),
            new Directory(parts.database(), parts.audit(), parts.clock()),
            Pace.ofDirectory(parts.clock())::wait)
        .addTo(router);
    pages.addTo(router, people.forPages());
    return router;
  }

  private static Daily daily(ServerConfig config, Parts parts) {
    return new Daily(parts.database(), parts.clock(), config.reports().zone());
  }

  private static Housekeeping housekeeping(ServerConfig config, Parts parts) {
    var reports = config.reports();
    return new Housekeeping(
            new KeptForms(parts.database(), new SecureRandom(), parts.clock()),
            new Shading(parts.database(), config.silentAfter()),
            parts.expected(),
            new DailyRun(
                parts.database(),
                parts.compliance(),
                parts.clock(),
                config.silentAfter(),
                reports.zone()),
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
    sampler.stop();
    admin.close();
    device.close();
    housekeeping.close();
    contacts.close();
    sampler.close();
    parts.close();
  }
}
