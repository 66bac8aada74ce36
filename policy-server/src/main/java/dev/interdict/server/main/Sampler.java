package dev.interdict.server.main;

import dev.interdict.server.compliance.History;
import dev.interdict.server.store.Leases;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes a sample of the counts at every period; of several servers one takes it. Thread-safe.
final class Sampler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);

  private final History history;
  private final Leases leases;
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("sampler").daemon().factory());

  private Sampler(History history, Leases leases) {
    this.history = history;
    this.leases = leases;
  }

  /// Starts at once, so that a chart has a point soon after the first start.
  static Sampler start(History history, Leases leases, Duration every) {
    var sampler = new Sampler(history, leases);
    var period = every.toMillis();
    var lease = every.minus(every.dividedBy(10));
    var _ =
        sampler.schedule.scheduleAtFixedRate(
            () -> sampler.sample(lease), Math.min(period, 5_000), period, TimeUnit.MILLISECONDS);
    return sampler;
  }

  private void sample(Duration lease) {
    try {
      if (leases.take("sample", lease)) {
        history.sample();
      }
    } catch (RuntimeException e) {
      // Thrown on, it would end the schedule; the next sample may succeed.
      LOG.atWarn().setCause(e).log("no sample of the counts was taken");
    }
  }

  /// Takes none any more; does not wait for one that is being taken.
  void stop() {
    schedule.shutdown();
  }

  /// Waits up to five seconds for the sample that is being taken.
  @Override
  public void close() {
    stop();
    try {
      if (!schedule.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.atWarn().log("the sampler did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
