package dev.interdict.server.publish;

import dev.interdict.trust.metadata.RepositoryException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has the folder that a server serves follow what other servers publish. A failed turn is logged
/// and tried again; what was there before goes on being served.
public final class Following implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Following.class);

  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("following").daemon().factory());

  private Following() {}

  /// Follows once before it returns, and then every `interval`.
  public static Following start(RepositoryRows rows, Duration interval) throws RepositoryException {
    rows.follow();
    var following = new Following();
    var millis = interval.toMillis();
    var _ =
        following.schedule.scheduleWithFixedDelay(
            () -> turn(rows), millis, millis, TimeUnit.MILLISECONDS);
    return following;
  }

  private static void turn(RepositoryRows rows) {
    try {
      rows.follow();
    } catch (RepositoryException | RuntimeException e) {
      LOG.atWarn().setCause(e).log("the folder of signed files does not follow the database");
    }
  }

  /// Stops; a turn that has begun is finished.
  @Override
  public void close() {
    schedule.close();
  }
}
