package dev.interdict.server.main;

import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.http.Tls;
import dev.interdict.server.store.Location;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Where the server stores and listens.
///
/// @param database where the database is
/// @param repository the folder of the signed repository
/// @param device the device listener's address; port 0 picks a free one
/// @param admin the admin listener's address
/// @param tls for both listeners; null for plain HTTP, which only a loopback address may speak
/// @param access how people are let in
/// @param silentAfter how long a device may be out of contact before it counts as silent
/// @param samplePeriod how often the counts are kept for the charts
/// @param reports how reports are taken and kept
/// @param events how long events are kept
public record ServerConfig(
    Location database,
    Path repository,
    InetSocketAddress device,
    InetSocketAddress admin,
    @Nullable Tls tls,
    AccessSettings access,
    Duration silentAfter,
    Duration samplePeriod,
    ReportSettings reports,
    EventSettings events) {
  /// One with the standard settings of access, reports and events.
  public ServerConfig(
      Location database,
      Path repository,
      InetSocketAddress device,
      InetSocketAddress admin,
      @Nullable Tls tls,
      Duration silentAfter,
      Duration samplePeriod) {
    this(
        database,
        repository,
        device,
        admin,
        tls,
        AccessSettings.standard(repository.resolveSibling(AccessSettings.SEALING_KEY)),
        silentAfter,
        samplePeriod,
        ReportSettings.standard(),
        EventSettings.STANDARD);
  }

  public ServerConfig {
    if (!silentAfter.isPositive() || !samplePeriod.isPositive()) {
      throw new IllegalArgumentException("silentAfter and samplePeriod are longer than nothing");
    }
  }

  /// Everything below `folder`, SQLite, plain HTTP on loopback.
  public static ServerConfig local(Path folder, int devicePort, int adminPort) {
    var loopback = InetAddress.getLoopbackAddress();
    return new ServerConfig(
        new Location.File(folder.resolve("interdict.db")),
        folder.resolve("repository"),
        new InetSocketAddress(loopback, devicePort),
        new InetSocketAddress(loopback, adminPort),
        null,
        Compliance.SILENT_AFTER,
        Duration.ofHours(1));
  }

  /// This, with its database elsewhere.
  public ServerConfig with(Location other) {
    return new ServerConfig(
        other, repository, device, admin, tls, access, silentAfter, samplePeriod, reports, events);
  }
}
