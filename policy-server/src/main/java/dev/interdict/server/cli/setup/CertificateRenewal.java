package dev.interdict.server.cli.setup;

import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.keys.OwnTls;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Renews, while the server runs, the certificate that it made for itself; where it made none there
/// is nothing to do. What presents the certificate finds the new file by itself.
final class CertificateRenewal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateRenewal.class);

  private final OwnTls own;
  private final Console console;
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("certificate").daemon().factory());

  private CertificateRenewal(OwnTls own, Console console) {
    this.own = own;
    this.console = console;
  }

  /// Looks now and once a day.
  static CertificateRenewal start(ServerFolder folder, Console console) {
    var renewal = new CertificateRenewal(new OwnTls(folder.path()), console);
    var _ = renewal.schedule.scheduleWithFixedDelay(renewal::look, 0, 1, TimeUnit.DAYS);
    return renewal;
  }

  private void look() {
    try {
      var renewed = own.renewWhereDue(console.random(), console.clock().instant());
      if (renewed != null) {
        LOG.atInfo()
            .addKeyValue("until", renewed.getNotAfter().toInstant())
            .log("the certificate was renewed");
      }
      if (own.exists()) {
        warn(own.authorityEnd());
      }
    } catch (IOException | RuntimeException e) {
      // Thrown on, it would end the schedule; there are weeks left to mend it.
      LOG.atError().setCause(e).log("the certificate cannot be renewed: clients will refuse it");
    }
  }

  private void warn(Instant end) {
    if (end.minus(OwnTls.WARNING).isBefore(console.clock().instant())) {
      LOG.atWarn()
          .addKeyValue("until", end)
          .log(
              "the server's own authority ends within a year: make the next one with"
                  + " interdict-server certificate new --into, and give its tls-ca.pem to clients");
    }
  }

  @Override
  public void close() {
    schedule.shutdownNow();
  }
}
