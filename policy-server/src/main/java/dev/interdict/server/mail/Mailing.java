package dev.interdict.server.mail;

import dev.interdict.policy.Blocklist;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.events.Follower;
import dev.interdict.server.events.Links;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Leases;
import dev.interdict.server.store.Sql;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes reports when they are due and sends what waits, one server of all at a time and no more
/// in an hour than was set. Thread-safe.
public final class Mailing implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Mailing.class);
  private static final Duration LEASE = Duration.ofMinutes(3);
  private static final Duration TURN = Duration.ofMinutes(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final int BATCH = 50;

  private final Database database;
  private final Leases leases;
  private final MailSettings settings;
  private final InstantSource clock;
  private final Composer composer;
  private final Links links;
  private final MailRows rows;
  private final MailServer server;
  private Instant pruned = Instant.EPOCH;
  private final Supplier<Blocklist> inForce;
  private final Scheduled scheduled;
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("mail").daemon().factory());

  /// @param zone in which mails tell the time
  public Mailing(
      Database database,
      Leases leases,
      MailSettings settings,
      Compliance compliance,
      Supplier<Blocklist> inForce,
      Links links,
      InstantSource clock,
      ZoneId zone) {
    this.database = database;
    this.leases = leases;
    this.settings = settings;
    this.clock = clock;
    this.links = links;
    this.composer = new Composer(MailWords.of(settings.language()), inForce, compliance, zone);
    this.rows = new MailRows(database);
    this.server = new MailServer(database);
    this.inForce = inForce;
    this.scheduled = new Scheduled(database, links, inForce, compliance);
  }

  /// What writes mails of events.
  public Follower.Reader reader() {
    return new MailReader(database, settings, composer, links, clock);
  }

  /// Looks for what is to be sent so often, from now on.
  public Mailing start(Duration every) {
    var _ =
        schedule.scheduleWithFixedDelay(
            this::guarded, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  private void guarded() {
    try {
      if (!clock.instant().isBefore(pruned.plus(DAY))) {
        pruned = clock.instant();
        rows.prune(pruned);
      }
      report(clock.instant());
      if (scheduled.hasDue(clock.instant()) && leases.take("scheduled-reports", LEASE)) {
        scheduled.write(clock.instant());
        leases.giveBack("scheduled-reports");
      }
      if (rows.hasDue(clock.instant())
          && !server.rests(clock.instant())
          && leases.take("mail", LEASE)) {
        send();
        leases.giveBack("mail");
      }
    } catch (RuntimeException e) {
      // Thrown on, it would end the schedule.
      LOG.atWarn().setCause(e).log("mails wait");
    }
  }

  /// The first one leaves soon after the first start; each is written once, whichever server does
  /// it.
  private void report(Instant now) {
    if (settings.reports().isEmpty()) {
      return;
    }
    var turn = now.toEpochMilli() / settings.reportEvery().toMillis();
    var mark = "report:" + settings.reportEvery() + ":" + turn;
    var told =
        database.first("select at from event_mark where mark = ?", row -> row.getLong(1), mark);
    if (told != null) {
      return;
    }
    var mails =
        composer.report(
            new Summary(mark, null, Composer.all(inForce.get()), null), now, settings.reports());
    database.write(connection -> {
      var first =
          Sql.update(
              connection,
              "insert into event_mark (mark, at) values (?,?) on conflict (mark) do nothing",
              mark,
              now.toEpochMilli());
      return first == 1 ? MailRows.add(connection, mails, now) : 0;
    });
  }

  private void send() {
    var end = System.nanoTime() + TURN.toNanos();
    try (var smtp = new Smtp(settings)) {
      for (var due : rows.due(clock.instant(), BATCH)) {
        if (System.nanoTime() > end
            || schedule.isShutdown()
            || rows.sentSince(clock.instant().minus(Duration.ofHours(1)))
                >= settings.mostPerHour()) {
          return;
        }
        send(smtp, due);
      }
    } catch (IOException e) {
      held(e);
    }
  }

  private void held(IOException e) {
    var why = String.valueOf(e.getMessage());
    var dead = rows.held(why, clock.instant());
    if (dead > 0) {
      LOG.atError().addKeyValue("mails", dead).addKeyValue("why", why).log("mails are given up");
    }
    if (rows.hasWaiting()) {
      var until = server.failed(clock.instant());
      LOG.atWarn()
          .addKeyValue("why", why)
          .addKeyValue("until", until)
          .log("mails wait, and the mail server is left alone");
    } else {
      // Nothing asks it any more, and so nothing would find that it is back.
      server.answered();
    }
  }

  /// @throws IOException if no other mail would leave either
  private void send(Smtp smtp, MailRows.Due due) throws IOException {
    if (!settings.domains().hold(due.mail().recipient())) {
      // Named by the company's list, or when other domains were set.
      var outside = settings.domains().outside(due.mail().recipient());
      rows.failed(due, outside.text(), true, clock.instant());
      LOG.atError()
          .addKeyValue("about", about(due))
          .log("a mail is given up: its address is of no domain in mail.domains");
      return;
    }
    try {
      smtp.send(due.mail());
      rows.sent(due.mail(), clock.instant());
    } catch (Smtp.RefusedException e) {
      rows.failed(due, String.valueOf(e.getMessage()), true, clock.instant());
      givenUp(due, e);
    } catch (Smtp.UnreachableException e) {
      throw e;
    } catch (IOException e) {
      if (rows.failed(due, String.valueOf(e.getMessage()), false, clock.instant())) {
        givenUp(due, e);
      }
    }
    server.answered();
  }

  private static String about(MailRows.Due due) {
    return due.mail().key().split("/", 2)[0];
  }

  /// Of the address no more than what the server repeats of it.
  private static void givenUp(MailRows.Due due, Exception why) {
    LOG.atError()
        .addKeyValue("about", about(due))
        .addKeyValue("why", String.valueOf(why.getMessage()))
        .log("a mail is given up");
  }

  /// Stops; a mail that is on its way is finished or sent again later, under its id.
  @Override
  public void close() {
    schedule.shutdown();
    try {
      if (!schedule.awaitTermination(5, TimeUnit.SECONDS)) {
        schedule.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
