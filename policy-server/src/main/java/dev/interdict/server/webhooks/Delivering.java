package dev.interdict.server.webhooks;

import dev.interdict.server.store.BusyException;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Leases;
import dev.interdict.server.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends what is due to every webhook, each on its own thread, so that a slow receiver holds up
/// nobody else; of several servers one sends to a webhook at a time. What was sent and not yet
/// noted when a server is killed is sent again under the same id. Thread-safe.
public final class Delivering implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Delivering.class);
  private static final Duration LEASE = Duration.ofSeconds(60);

  /// With the time of one message it ends well within the lease.
  private static final Duration TURN = Duration.ofSeconds(30);

  private static final int BATCH = 50;

  /// So many failures one after the other end a turn: the receiver is away.
  private static final int AWAY = 3;

  private static final Duration LONGEST_REST = Duration.ofMinutes(1);

  private final Database database;
  private final Webhooks webhooks;
  private final Leases leases;
  private final Sender sender;
  private final InstantSource clock;
  private final Set<String> busy = ConcurrentHashMap.newKeySet();
  private final Map<String, Rest> resting = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> results = new ConcurrentHashMap<>();
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("webhooks").daemon().factory());
  private volatile boolean closing;

  private record Rest(int times, long until) {}

  public Delivering(
      Database database, Webhooks webhooks, Leases leases, Sender sender, InstantSource clock) {
    this.database = database;
    this.webhooks = webhooks;
    this.leases = leases;
    this.sender = sender;
    this.clock = clock;
    results.put("delivered", new LongAdder());
    results.put("failed", new LongAdder());
    results.put("dead", new LongAdder());
  }

  /// Looks for messages so often, from now on.
  public Delivering start(Duration every) {
    var _ =
        schedule.scheduleWithFixedDelay(
            this::guarded, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  /// How many attempts of this server came to what.
  public Map<String, LongAdder> results() {
    return Map.copyOf(results);
  }

  private void guarded() {
    try {
      for (var webhook : webhooks.list()) {
        var rest = resting.get(webhook.id());
        if ((rest == null || System.nanoTime() - rest.until() > 0) && busy.add(webhook.id())) {
          Thread.ofVirtual().name("webhook-" + webhook.id()).start(() -> one(webhook));
        }
      }
    } catch (RuntimeException e) {
      // Thrown on, it would end the schedule.
      LOG.atWarn().setCause(e).log("webhooks wait");
    }
  }

  private void one(Webhook webhook) {
    var task = "webhook:" + webhook.id();
    try {
      var deliveries = new Deliveries(database, webhook);
      if (!deliveries.hasWork(clock.instant()) || !leases.take(task, LEASE)) {
        return;
      }
      var began = System.nanoTime();
      try {
        turn(webhook, deliveries, began);
      } finally {
        if (System.nanoTime() - began < LEASE.toNanos()) {
          leases.giveBack(task);
        }
      }
    } catch (BusyException | StoreException e) {
      LOG.atDebug().setCause(e).log("webhooks wait");
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).addKeyValue("webhook", webhook.id()).log("a webhook's turn failed");
    } finally {
      busy.remove(webhook.id());
    }
  }

  private void turn(Webhook webhook, Deliveries deliveries, long began) {
    while (deliveries.takeOver(clock.instant())) {
      LOG.atTrace().log("messages made");
    }
    var failures = 0;
    while (true) {
      var due = deliveries.due(clock.instant(), BATCH);
      for (var one : due) {
        if (closing || System.nanoTime() - began > TURN.toNanos()) {
          return;
        }
        failures = send(webhook, deliveries, one) ? 0 : failures + 1;
        if (failures == AWAY) {
          rest(webhook);
          return;
        }
      }
      if (due.size() < BATCH) {
        return;
      }
    }
  }

  private boolean send(Webhook webhook, Deliveries deliveries, Deliveries.Due due) {
    var outcome = sender.send(webhook, due.event(), clock.instant());
    var error = outcome.error();
    var status = outcome.status();
    if (error == null) {
      deliveries.delivered(due, status == null ? 0 : status, clock.instant());
      resting.remove(webhook.id());
      count("delivered");
      return true;
    }
    var dead = deliveries.failed(due, status, error, clock.instant());
    count(dead ? "dead" : "failed");
    LOG.atLevel(dead ? org.slf4j.event.Level.ERROR : org.slf4j.event.Level.DEBUG)
        .addKeyValue("webhook", webhook.id())
        .addKeyValue("event", due.event().id())
        .addKeyValue("why", error)
        .log(dead ? "a message is given up; see webhook replay" : "a message was not taken");
    return false;
  }

  private void rest(Webhook webhook) {
    resting.compute(
        webhook.id(),
        (_, before) -> {
          var times = before == null ? 0 : before.times() + 1;
          var rest = Math.min(LONGEST_REST.toMillis(), 1_000L << Math.min(times, 10));
          return new Rest(times, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(rest));
        });
  }

  private void count(String result) {
    results.computeIfAbsent(result, _ -> new LongAdder()).increment();
  }

  /// Stops; messages that are on their way are finished or sent again later.
  @Override
  public void close() {
    closing = true;
    schedule.shutdown();
    var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (!busy.isEmpty() && System.nanoTime() < end) {
      java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
    }
  }
}
