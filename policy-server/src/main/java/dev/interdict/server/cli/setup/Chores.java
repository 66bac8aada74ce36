package dev.interdict.server.cli.setup;

import dev.interdict.server.about.OtherSystem;
import dev.interdict.server.breaker.Breaker;
import dev.interdict.server.breaker.Trips;
import dev.interdict.server.exemptions.ExemptionFiles;
import dev.interdict.server.exemptions.Upkeep;
import dev.interdict.server.outbound.Outbound;
import dev.interdict.server.publish.InForce;
import dev.interdict.server.publish.Publisher;
import dev.interdict.server.publish.Resigning;
import dev.interdict.trust.repository.Expiries;
import dev.interdict.trust.repository.Repository;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// What a server of a folder does by itself while it runs: it signs again what would run out, takes
/// ended exemptions off the signed files, holds rules whose effects are not what was foreseen,
/// renews its own certificate, and tells other systems. Thread-safe.
final class Chores implements AutoCloseable {
  /// How soon after its end an exemption leaves the signed files; agents go by the date themselves.
  private static final Duration EXEMPTIONS_EVERY = Duration.ofSeconds(30);

  /// How often what devices report of a rule is looked at.
  private static final Duration BREAKER_EVERY = Duration.ofMinutes(1);

  private final Resigning resigning;
  private final Upkeep exemptions;
  private final Breaker breaker;
  private final CertificateRenewal renewal;
  private final Outbound outbound;

  private Chores(
      Resigning resigning,
      Upkeep exemptions,
      Breaker breaker,
      CertificateRenewal renewal,
      Outbound outbound) {
    this.resigning = resigning;
    this.exemptions = exemptions;
    this.breaker = breaker;
    this.renewal = renewal;
    this.outbound = outbound;
  }

  /// Starts all of them.
  ///
  /// @param publisher the one for the keys that are trusted now
  /// @throws IOException if what tells other systems cannot start
  static Chores start(
      OpenFolder open,
      Repository repository,
      ExemptionFiles exemptionFiles,
      Supplier<Publisher> publisher)
      throws IOException {
    var parts = open.parts();
    var resigning =
        Resigning.start(
            repository,
            open.live(),
            Expiries.STANDARD,
            open.settings().timestampEvery(),
            open.publications(),
            parts.leases(),
            open.console().clock());
    var exemptions =
        new Upkeep(parts.database(), parts.audit(), open.clock(), exemptionFiles)
            .start(EXEMPTIONS_EVERY, parts.leases());
    var breaker = breaker(open, publisher).start(BREAKER_EVERY, parts.leases());
    var renewal = CertificateRenewal.start(open.folder(), open.console());
    var config = open.config();
    var outbound =
        Outbound.start(
            parts,
            open.settings().outbound(),
            new Outbound.Place(
                config.repository(),
                open.clock(),
                new InForce(open.publications()),
                config.tls(),
                config.reports().zone()));
    return new Chores(resigning, exemptions, breaker, renewal, outbound);
  }

  private static Breaker breaker(OpenFolder open, Supplier<Publisher> publisher) {
    var parts = open.parts();
    var inForce = new InForce(open.publications());
    return new Breaker(
        parts.database(),
        new Trips(parts.database(), parts.audit(), parts.clock()),
        parts.clock(),
        open.settings().publishing().breaker(),
        () -> inForce.get().rules(),
        (actor, rules, reason) -> publisher.get().brake().holdAtLeast(actor, rules, reason));
  }

  /// The systems that events are handed to, as it goes with them now.
  List<OtherSystem> systems() {
    return outbound.systems();
  }

  /// The port of metrics and health on this machine; 0 where they are not asked for.
  int metricsPort() {
    return outbound.metricsPort();
  }

  @Override
  public void close() {
    renewal.close();
    outbound.close();
    breaker.close();
    exemptions.close();
    resigning.close();
  }
}
