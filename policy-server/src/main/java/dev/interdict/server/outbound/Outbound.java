package dev.interdict.server.outbound;

import dev.interdict.policy.Blocklist;
import dev.interdict.server.about.OtherSystem;
import dev.interdict.server.events.Follower;
import dev.interdict.server.events.Links;
import dev.interdict.server.http.Tls;
import dev.interdict.server.mail.Mailing;
import dev.interdict.server.main.Parts;
import dev.interdict.server.ocsf.Ocsf;
import dev.interdict.server.ocsf.OcsfFile;
import dev.interdict.server.peer.Resolver;
import dev.interdict.server.store.Sealing;
import dev.interdict.server.syslog.SyslogReader;
import dev.interdict.server.webhooks.Delivering;
import dev.interdict.server.webhooks.Sender;
import dev.interdict.server.webhooks.Webhooks;
import dev.interdict.wire.TrustedCa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All that hands events to other systems while the server runs. Thread-safe.
public final class Outbound implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Outbound.class);
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final List<AutoCloseable> running = new ArrayList<>();
  private final Map<String, Follower> followers = Collections.synchronizedMap(new TreeMap<>());
  private final Standing standing;
  private @Nullable Delivering webhooks;
  private @Nullable MetricsListener metrics;

  /// What the running server knows of itself.
  ///
  /// @param repository the folder of signed files
  /// @param signedTime the clock that is signed by, which throws where it is in doubt
  /// @param inForce the blocklist in force
  /// @param tls of the other listeners; null for plain HTTP
  /// @param zone in which people are told the time
  public record Place(
      Path repository,
      InstantSource signedTime,
      Supplier<Blocklist> inForce,
      @Nullable Tls tls,
      ZoneId zone) {}

  private Outbound(Parts parts, OutboundSettings settings) {
    standing = new Standing(parts.database(), parts.clock(), settings, followers);
  }

  /// Starts what the settings name.
  ///
  /// @param place what only the running server knows
  /// @throws IOException if a file that the settings name cannot be read
  public static Outbound start(Parts parts, OutboundSettings settings, Place place)
      throws IOException {
    var outbound = new Outbound(parts, settings);
    try {
      outbound.startAll(parts, settings, place);
      return outbound;
    } catch (IOException | RuntimeException e) {
      outbound.close();
      throw e;
    }
  }

  private void startAll(Parts parts, OutboundSettings settings, Place place) throws IOException {
    var links = new Links(settings.console());
    var version = version();
    try {
      parts.sealing().check();
      webhooks = webhooks(parts, settings, links);
    } catch (Sealing.BrokenException e) {
      LOG.atError().setCause(e).log("nobody signs in by a code, and webhooks wait");
    }
    var collector = collector(settings, links);
    if (collector != null) {
      follow(parts, "syslog", collector);
    }
    var ocsf = settings.ocsf();
    if (ocsf != null) {
      follow(parts, "ocsf", new OcsfFile(ocsf, Ocsf.ours(), links));
    }
    var mail = settings.mail();
    if (mail != null) {
      var mailing =
          new Mailing(
                  parts.database(),
                  parts.leases(),
                  mail,
                  parts.compliance(),
                  place.inForce(),
                  links,
                  parts.clock(),
                  place.zone())
              .start(EVERY);
      running.add(mailing);
      follow(parts, "mail", mailing.reader());
    }
    var listening = settings.metrics();
    if (listening != null) {
      metrics =
          MetricsListener.start(
              listening,
              place.tls(),
              parts,
              new Readiness(parts.database(), place.signedTime(), place.repository()),
              place.inForce(),
              followers,
              webhooks,
              version);
      running.add(metrics);
    }
  }

  private Delivering webhooks(Parts parts, OutboundSettings settings, Links links)
      throws IOException {
    var random = new SecureRandom();
    var sender = sender(parts, settings, links);
    var delivering =
        new Delivering(
                parts.database(),
                new Webhooks(parts.database(), parts.audit(), parts.clock(), random),
                parts.leases(),
                sender,
                parts.clock())
            .start(EVERY);
    running.add(delivering);
    return delivering;
  }

  /// What sends to webhooks, as the settings allow it.
  ///
  /// @throws IOException if a file that the settings name cannot be read
  public static Sender sender(Parts parts, OutboundSettings settings, Links links)
      throws IOException {
    return new Sender(
        parts.sealing(),
        links,
        settings.webhooks(),
        Resolver.SYSTEM,
        TrustedCa.of(settings.webhooksCa()),
        Sender.LIMIT);
  }

  /// What tells the collector, as the settings name it; null where they name none.
  ///
  /// @throws IOException if a file that the settings name cannot be read
  public static @Nullable SyslogReader collector(OutboundSettings settings, Links links)
      throws IOException {
    var syslog = settings.syslog();
    return syslog == null
        ? null
        : new SyslogReader(syslog, TrustedCa.of(syslog.ca()), links, host(), version());
  }

  private void follow(Parts parts, String name, Follower.Reader reader) {
    var follower = new Follower(parts.database(), parts.leases(), name, reader).start(EVERY);
    followers.put(name, follower);
    running.add(follower);
  }

  /// What hands events over, by its name.
  public Map<String, Follower> followers() {
    return Collections.unmodifiableMap(followers);
  }

  /// The systems that are told of events, as they stand now; those that are not set up as well.
  public List<OtherSystem> systems() {
    return standing.systems();
  }

  /// The port of metrics and health; 0 where they are not asked for.
  public int metricsPort() {
    return metrics == null ? 0 : metrics.port();
  }

  /// Of this program; 0 where nobody built it as one.
  public static String version() {
    var version = Outbound.class.getPackage().getImplementationVersion();
    return version == null ? "0" : version;
  }

  /// This machine's name, from the kernel or the environment, `-` where neither tells it: asking a
  /// resolver could wait.
  public static String host() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("the kernel does not tell this machine's name");
      return String.valueOf(System.getenv().getOrDefault("COMPUTERNAME", "-"));
    }
  }

  @Override
  public void close() {
    for (var each : running.reversed()) {
      try {
        each.close();
      } catch (Exception e) {
        LOG.atWarn().setCause(e).log("something that tells others did not stop cleanly");
      }
    }
  }
}
