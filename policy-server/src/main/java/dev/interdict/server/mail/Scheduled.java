package dev.interdict.server.mail;

import dev.interdict.policy.Blocklist;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.events.Links;
import dev.interdict.server.http.LocalPath;
import dev.interdict.server.store.Database;
import dev.interdict.server.views.Schedule;
import dev.interdict.server.views.Schedule.OfRule;
import dev.interdict.server.views.Schedule.OfView;
import dev.interdict.server.views.Turns;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the mails of schedules whose turn has come into the queue. A turn that comes to nothing
/// says why beside its schedule, and the next is tried all the same. Thread-safe.
final class Scheduled {
  private static final Logger LOG = LoggerFactory.getLogger(Scheduled.class);
  private static final int AT_ONCE = 20;

  private final Database database;
  private final Turns turns;
  private final Links links;
  private final Supplier<Blocklist> inForce;
  private final Compliance compliance;

  Scheduled(Database database, Links links, Supplier<Blocklist> inForce, Compliance compliance) {
    this.database = database;
    this.turns = new Turns(database);
    this.links = links;
    this.inForce = inForce;
    this.compliance = compliance;
  }

  boolean hasDue(Instant now) {
    return !turns.due(now, 1).isEmpty();
  }

  /// Writes what is due.
  void write(Instant now) {
    for (var due : turns.due(now, AT_ONCE)) {
      try {
        put(due, mails(due, now), null, now);
      } catch (NothingToTellException e) {
        put(due, List.of(), String.valueOf(e.getMessage()), now);
        LOG.atWarn()
            .addKeyValue("schedule", due.id())
            .addKeyValue("why", e.getMessage())
            .log("a scheduled report was not written");
      }
    }
  }

  private void put(Schedule due, List<Mail> mails, @Nullable String error, Instant now) {
    database.write(connection -> {
      var mine = Turns.take(connection, due, error, now);
      var left = mine ? MailRows.add(connection, mails, now) : 0;
      if (left > 0) {
        // Undone as a whole, so that the turn is there when there is room again.
        throw new IllegalStateException("too many mails wait already");
      }
      return left;
    });
  }

  private List<Mail> mails(Schedule due, Instant now) throws NothingToTellException {
    if (turns.isOrphaned(due, now)) {
      throw new NothingToTellException(
          due.owner()
              + ", who wanted it, does not get in any more, or is no auditor or administrator of"
              + " the whole fleet; schedule it anew");
    }
    var composer =
        new Composer(MailWords.of(due.language()), inForce, compliance, due.rhythm().zone());
    return composer.report(summary(due), now, due.recipients());
  }

  private Summary summary(Schedule due) throws NothingToTellException {
    var key = Deliveries.PREFIX + due.id() + ":" + due.next().toEpochMilli();
    return switch (due.subject()) {
      case OfRule(var rule) -> {
        if (!isInForce(rule)) {
          throw new NothingToTellException(
              "no rule " + rule + " is in force any more; remove the schedule");
        }
        yield new Summary(key, Composer.name(inForce.get(), rule), List.of(rule), links.rule(rule));
      }
      case OfView(var id) -> {
        var view =
            turns
                .view(id)
                .orElseThrow(() ->
                    new NothingToTellException(
                        "its saved view was removed; remove the schedule too"));
        var rule = rule(view.address());
        if (!rule.isEmpty() && !isInForce(rule)) {
          throw new NothingToTellException(
              "no rule "
                  + rule
                  + ", which its saved view is about, is in force any more; remove"
                  + " the schedule");
        }
        yield new Summary(
            key,
            view.name(),
            rule.isEmpty() ? Composer.all(inForce.get()) : List.of(rule),
            links.page(view.address()));
      }
    };
  }

  private boolean isInForce(String rule) {
    return Composer.all(inForce.get()).contains(rule);
  }

  /// The rule that an address of the console is about; empty for none.
  static String rule(String address) {
    var asked = LocalPath.parameters(address).getOrDefault("rule", List.of());
    if (!asked.isEmpty()) {
      return asked.size() == 1 ? asked.getFirst() : "";
    }
    var path = address.split("\\?", 2)[0];
    return path.startsWith("/rules/") ? path.split("/", -1)[2] : "";
  }

  /// There is nothing that a turn could tell.
  private static final class NothingToTellException extends Exception {
    NothingToTellException(String why) {
      super(why);
    }
  }
}
