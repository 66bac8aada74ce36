package dev.interdict.server.publish;

import dev.interdict.server.store.Leases;
import dev.interdict.trust.keys.Signer;
import dev.interdict.trust.keys.SigningException;
import dev.interdict.trust.metadata.Metadata;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.Snapshot;
import dev.interdict.trust.repository.Expiries;
import dev.interdict.trust.repository.Repository;
import dev.interdict.trust.repository.RepositoryPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps signed words from running out while the server runs: the timestamp at every turn, the
/// snapshot daily, each other role whose key is here once half of its time is gone. What only
/// people can sign is asked for in the log. Deletes daily what was superseded long enough ago.
///
/// A failed turn is logged and tried again within minutes, well before the timestamp ends; the
/// state of before stays visible.
public final class Resigning implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Resigning.class);

  private static final String LEASE = "resigning";
  private static final Duration DAILY = Duration.ofDays(1);
  private static final Duration RETRY = Duration.ofMinutes(5);

  /// How soon a change of keys is noticed that a command has published.
  private static final Duration LOOK = Duration.ofSeconds(15);

  private final LiveKeys live;
  private final Expiries expiries;
  private final InstantSource clock;
  private final @Nullable Publications publications;
  private final @Nullable Leases leases;
  private final AtomicReference<Instant> lastSuccess = new AtomicReference<>(Instant.EPOCH);
  private Repository repository;
  private long rootVersion;
  private long resting;
  private Instant nextTidying = Instant.EPOCH;
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("resigning").daemon().factory());

  private Resigning(
      Repository repository,
      LiveKeys live,
      Expiries expiries,
      @Nullable Publications publications,
      @Nullable Leases leases,
      InstantSource clock) {
    this.repository = repository;
    this.leases = leases;
    this.live = live;
    this.expiries = expiries;
    this.publications = publications;
    this.clock = clock;
  }

  /// Signs at once and then every `interval`.
  ///
  /// @param publications know what devices hold
  /// @param leases by which one server of several signs
  public static Resigning start(
      Repository repository,
      LiveKeys live,
      Expiries expiries,
      Duration interval,
      Publications publications,
      Leases leases,
      InstantSource clock) {
    var resigning = new Resigning(repository, live, expiries, publications, leases, clock);
    var delay = interval.compareTo(LOOK) < 0 ? interval : LOOK;
    var _ =
        resigning.schedule.scheduleWithFixedDelay(
            () -> resigning.turn(interval, RETRY.dividedBy(delay)),
            0,
            delay.toMillis(),
            TimeUnit.MILLISECONDS);
    return resigning;
  }

  /// One whose turns its owner takes.
  public static Resigning unscheduled(
      Repository repository, Keyring keys, Expiries expiries, InstantSource clock) {
    return new Resigning(repository, new LiveKeys(keys), expiries, null, null, clock);
  }

  /// One whose turns its owner takes, and that knows what devices hold.
  public static Resigning unscheduled(
      Repository repository,
      Keyring keys,
      Expiries expiries,
      Publications publications,
      InstantSource clock) {
    return new Resigning(repository, new LiveKeys(keys), expiries, publications, null, clock);
  }

  /// When a turn last went well; the epoch before the first.
  public Instant lastSuccess() {
    return lastSuccess.get();
  }

  /// @param rest how many turns to leave out after one that failed
  private void turn(Duration interval, long rest) {
    if (resting > 0) {
      resting--;
      return;
    }
    resting = rest;
    try {
      if (repository.hasRoot(rootVersion + 1) || (due(interval) && isMine(interval))) {
        run();
      }
      resting = 0;
    } catch (RepositoryException e) {
      giveBack();
      LOG.atError()
          .addKeyValue("family", e.family())
          .setCause(e)
          .log("signing again was refused, agents will report a stale policy");
    } catch (RuntimeException e) {
      giveBack();
      LOG.atError().setCause(e).log("signing again failed, it is tried again in minutes");
    }
  }

  /// Whether no other server has signed within the interval, or does so now.
  private boolean isMine(Duration interval) {
    // After a start in any case: nobody knows how long this server was the only one, and down.
    return leases == null
        || leases.take(LEASE, interval.minus(interval.dividedBy(10)))
        || lastSuccess.get().equals(Instant.EPOCH);
  }

  private void giveBack() {
    try {
      if (leases != null) {
        leases.giveBack(LEASE);
      }
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).log("another server signs again later than it could");
    }
  }

  /// Also when the clock was set back: a turn too many costs nothing.
  public boolean due(Duration interval) {
    var since = Duration.between(lastSuccess.get(), clock.instant());
    return since.isNegative() || since.compareTo(interval) >= 0;
  }

  /// One turn.
  public void run() throws RepositoryException {
    var now = clock.instant();
    var state = repository.state();
    var keys = live.in(state);
    repository = repository.with(keys.online());
    rootVersion = state.trusted().root().version();
    var signed = false;
    var setback = publications == null ? null : new Setback(publications, repository::state);
    repository.passOver(setback == null ? Map.of() : setback.numbers());
    var behind = setback == null ? Set.<RoleName>of() : setback.behind();
    for (var role : state.roles().keySet()) {
      if (behind.contains(role)) {
        LOG.atError()
            .addKeyValue("role", role)
            .log("devices hold a newer one; see: interdict recover");
        continue;
      }
      if (halfGone(role, state.role(role), now)) {
        signed |= renew(role, keys, state.role(role).expires());
      }
    }
    if (!signed && isOfYesterday(state.snapshot(), now)) {
      repository.resignSnapshot();
      signed = true;
    }
    if (!signed) {
      repository.resignTimestamp();
    }
    var root = state.trusted().root();
    if (halfGone(RoleName.ROOT, root, now)) {
      ask(RoleName.ROOT, root.expires());
    }
    lastSuccess.set(now);
    tidy(now);
  }

  private static boolean isOfYesterday(Snapshot snapshot, Instant now) {
    var issued = snapshot.header().issued();
    return issued == null || !now.isBefore(issued.plus(DAILY));
  }

  /// After signing, which matters more: what is left over for once harms nobody.
  private void tidy(Instant now) throws RepositoryException {
    if (!now.isBefore(nextTidying)) {
      var files = repository.prune();
      nextTidying = now.plus(DAILY);
      if (!files.isEmpty()) {
        LOG.atInfo().addKeyValue("files", files.size()).log("superseded versions deleted");
      }
    }
  }

  private boolean halfGone(RoleName role, Metadata metadata, Instant now) {
    return now.isAfter(metadata.expires().minus(expiries.of(role).dividedBy(2)));
  }

  private boolean renew(RoleName role, Keyring keys, Instant expires) {
    try {
      var signer = keys.signer(keyOf(role));
      if (signer.isEmpty()) {
        ask(role, expires);
        return false;
      }
      repository.renew(role, List.<Signer>of(signer.get()));
    } catch (RepositoryException | MissingKeyException | SigningException e) {
      // One key of a threshold, a key that is not the role's any more, one under somebody's
      // passphrase, or a token that is gone: that role waits for people, and must not keep the
      // timestamp of all others from being signed.
      LOG.atWarn()
          .addKeyValue("role", role)
          .setCause(e)
          .log("the key here does not renew the role");
      ask(role, expires);
      return false;
    }
    LOG.atInfo().addKeyValue("role", role).log("signed again");
    return true;
  }

  private static void ask(RoleName role, Instant expires) {
    LOG.atWarn()
        .addKeyValue("role", role)
        .addKeyValue("expires", expires)
        .log("people must sign this role again before it expires");
  }

  private static KeyRole keyOf(RoleName role) {
    if (role.equals(RoleName.TARGETS)) {
      return KeyRole.TARGETS;
    }
    if (role.equals(RepositoryPlan.EXEMPTIONS)) {
      return KeyRole.EXEMPTIONS;
    }
    return role.equals(RepositoryPlan.CONTROLS) ? KeyRole.CONTROLS : KeyRole.BLOCKLIST;
  }

  /// Stops signing; a turn that has begun is finished.
  @Override
  public void close() {
    schedule.close();
  }
}
