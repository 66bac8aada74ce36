package dev.interdict.server.cli.service;

import dev.interdict.service.ServiceManager;
import dev.interdict.wire.Routes;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the service manager that the server goes on, each time that agents' own listener has
/// answered a knock from outside: accepted, read and answered, with whatever status. A database
/// that is away is no reason to start the server anew; `/readyz` tells of it.
public final class Vitals implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Vitals.class);

  /// Two knocks may be late.
  private static final int BEATS = 3;

  private final ServiceManager manager;
  private final Knock knock;
  private final CountDownLatch closed = new CountDownLatch(1);

  private Vitals(ServiceManager manager, Knock knock) {
    this.manager = manager;
    this.knock = knock;
  }

  /// Begins, where the manager wants to know; else null.
  public static @Nullable Vitals start(ServiceManager manager, Knock knock) {
    var watchdog = manager.watchdog();
    if (watchdog == null) {
      return null;
    }
    var vitals = new Vitals(manager, knock);
    var every = watchdog.dividedBy(BEATS);
    Thread.ofPlatform().name("vitals").daemon().start(() -> vitals.follow(every));
    return vitals;
  }

  private void follow(Duration every) {
    do {
      try {
        var _ = knock.status(Routes.TUF + "timestamp.json");
        manager.goesOn();
      } catch (IOException e) {
        LOG.atWarn().addKeyValue("why", e.getMessage()).log("the own listener does not answer");
      }
    } while (!closedWithin(every));
  }

  private boolean closedWithin(Duration time) {
    try {
      return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
