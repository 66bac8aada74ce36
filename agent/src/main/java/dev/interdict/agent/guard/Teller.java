package dev.interdict.agent.guard;

import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.ledger.Entry;
import dev.interdict.agent.ledger.Ledger;
import dev.interdict.agent.notice.Matter;
import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.Notifier;
import dev.interdict.agent.notice.Phase;
import dev.interdict.agent.notice.Receipt;
import dev.interdict.agent.notice.Recipient;
import dev.interdict.decide.Deciding;
import dev.interdict.decide.NoticePhase;
import dev.interdict.decide.Sighting;
import dev.interdict.decide.Telling;
import dev.interdict.decide.TimeView;
import dev.interdict.decide.ToldOutcome;
import dev.interdict.decide.Verdict;
import dev.interdict.policy.Language;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tells each person what is due to them, all rules in one notice, and remembers what was really
/// shown.
final class Teller {
  /// After a channel said that it is no good moment.
  private static final Duration AGAIN = Duration.ofMinutes(15);

  private static final Duration SOON = Duration.ofMinutes(5);

  private final Supplier<ZoneId> zone;
  private final Language language;
  private final Notifier notifier;
  private final Ledger ledger;
  private final Events events;
  private final Supplier<Duration> awake;
  private final Undelivered waiting;
  private final Map<String, Instant> pauses = new HashMap<>();

  /// @param zone of the people at this device
  /// @param awake the device's awake time in all
  Teller(
      Supplier<ZoneId> zone,
      Language language,
      Notifier notifier,
      Ledger ledger,
      Events events,
      Supplier<Duration> awake,
      Undelivered waiting) {
    this.zone = zone;
    this.language = language;
    this.notifier = notifier;
    this.ledger = ledger;
    this.events = events;
    this.awake = awake;
    this.waiting = waiting;
  }

  /// When something is next to be told to somebody, or null.
  @Nullable Instant next(List<Judged> judged, TimeView time) {
    Instant next = null;
    for (var one : judged) {
      if (!(one.verdict() instanceof Verdict.Waiting(var date)) || one.findings().isEmpty()) {
        continue;
      }
      for (var person : one.sighting().people()) {
        var known = one.history().of(person);
        var step = Telling.next(one.rule(), date, known, zone.get(), time, awake.get());
        var at = step.phase() == null ? step.at() : again(person, time.trusted());
        next = next == null || at != null && at.isBefore(next) ? at : next;
      }
    }
    return next;
  }

  private Instant again(String person, Instant now) {
    var pause = pauses.get(person);
    return pause != null && pause.isAfter(now) ? pause : now.plus(AGAIN);
  }

  /// Tells everybody what is due to them now.
  void tell(List<Judged> judged, Inventory inventory, TimeView time) throws IOException {
    waiting.begin();
    var people = new LinkedHashSet<Home>();
    for (var one : judged) {
      if (one.verdict() instanceof Verdict.Waiting && !one.findings().isEmpty()) {
        people.addAll(Recipients.of(one.findings(), inventory.homes()));
        tellNobody(one, time);
      }
    }
    people.addAll(waiting.owed());
    for (var home : people) {
      tell(home, judged, time);
    }
    for (var one : judged) {
      giveUp(one, time.trusted());
    }
    waiting.end();
  }

  /// Something has happened that `people` are told once each, together with what else is due to
  /// them; nothing else depends on whether it is seen.
  ///
  /// @param what names it in the device's memory
  void owe(Matter matter, String what, Iterable<Home> people) {
    owe(matter, what, people, Instant.MIN);
  }

  /// As [#owe(Matter, String, Iterable)], for what is no answer and no act: it waits for working
  /// hours, as reminders do, but for people who have had none by `patience`.
  void owe(Matter matter, String what, Iterable<Home> people, Instant patience) {
    for (var home : people) {
      var own = what + " " + home.user();
      if (!ledger.of(matter.rule()).mentioned(own)) {
        waiting.owe(new Undelivered.Owed(home, matter, own, patience));
      }
    }
  }

  /// What was owed of `rule` and is true no more is not said any more.
  void forget(RuleId rule, Predicate<Phase> untrue) {
    waiting.forget(rule, untrue);
  }

  /// Tells what is owed and cannot wait for the next look.
  void tellOwed(TimeView time) throws IOException {
    for (var home : waiting.owed()) {
      tell(home, List.of(), time);
    }
  }

  /// The zone of the people at this device.
  ZoneId zone() {
    return zone.get();
  }

  /// The zone in which the rule's dates are written.
  ZoneId zone(Rule rule) {
    return Spoken.written(rule, zone.get());
  }

  private void tell(Home home, List<Judged> judged, TimeView time) throws IOException {
    var due = new ArrayList<Spoken>();
    for (var one : judged) {
      // What one notice has no room for is told with the next one.
      var spoken = due.size() < Notice.MOST_MATTERS ? due(one, home.user(), time) : null;
      if (spoken != null) {
        due.add(spoken);
      }
    }
    var matters = new ArrayList<>(due.stream().map(Spoken::matter).toList());
    for (var owed : waiting.owedTo(home, due)) {
      if (!time.trusted().isBefore(owed.patience()) || Telling.inWorkingHours(time, zone.get())) {
        matters.add(owed.matter());
      }
    }
    if (!matters.isEmpty()) {
      show(home, due, matters, time.trusted());
    }
  }

  /// What is to be said to `person` of one rule now, or null. Of what waits for working hours it is
  /// remembered since when.
  private @Nullable Spoken due(Judged one, String person, TimeView time) throws IOException {
    if (!(one.verdict() instanceof Verdict.Waiting(var date))
        || one.findings().isEmpty()
        || !one.sighting().people().contains(person)) {
      return null;
    }
    var known = one.history().of(person);
    var step = Telling.next(one.rule(), date, known, zone.get(), time, awake.get());
    if (step.phase() != null) {
      return Spoken.of(one, date, step.phase(), time.trusted(), zone.get());
    }
    if (step.heldBack() && known.wanted() == null) {
      var held = Spoken.of(one, date, NoticePhase.ANNOUNCED, time.trusted(), zone.get());
      remember(held, person, ToldOutcome.HELD_BACK, null, time.trusted());
    }
    return null;
  }

  /// On a machine without accounts there is nobody to tell, and no way to dodge it either.
  private void tellNobody(Judged one, TimeView time) throws IOException {
    var spoken = due(one, Sighting.NOBODY, time);
    if (spoken != null) {
      remember(spoken, Sighting.NOBODY, ToldOutcome.NO_SESSION, null, time.trusted());
    }
  }

  private void show(Home home, List<Spoken> due, List<Matter> matters, Instant now)
      throws IOException {
    var recipient = new Recipient(home, language, zone.get());
    var most = matters.subList(0, Math.min(matters.size(), Notice.MOST_MATTERS));
    var notice = Notice.of(waiting.newId(), recipient, most);
    var pause = pauses.get(home.user());
    if (pause != null && now.isBefore(pause) && notice.urgency() != Notice.Urgency.CRITICAL) {
      waiting.waits(notice, due);
      return;
    }
    var receipt = notifier.show(notice);
    var outcome = outcome(receipt);
    for (var spoken : due) {
      remember(spoken, home.user(), outcome, channel(receipt), now);
    }
    for (var matter : most) {
      events.on(new Event.Told(matter.rule(), matter.phase().key(), channel(receipt)));
    }
    if (outcome == ToldOutcome.SHOWN) {
      pauses.remove(home.user());
      waiting.shown(notice, due);
      paid(notice, now);
    } else {
      waiting.waits(notice, due);
      // Only what has an end so near is tried more often; what has happened can wait.
      var soon = due.stream().anyMatch(spoken -> spoken.phase() == NoticePhase.LAST_HOUR);
      pauses.put(home.user(), now.plus(soon ? SOON : AGAIN));
    }
  }

  /// What was owed and is told now is not told again.
  void paid(Notice notice, Instant now) throws IOException {
    for (var debt : waiting.paid(notice)) {
      ledger.append(new Entry.Mentioned(debt.matter().rule(), now, debt.what()));
    }
  }

  private void remember(
      Spoken spoken, String person, ToldOutcome outcome, @Nullable String channel, Instant now)
      throws IOException {
    var told = spoken.entry(person, now, outcome, channel, awake.get());
    var memory = ledger.of(spoken.rule());
    if (memory.isNew(told)) {
      var matter = spoken.matter();
      var named = memory.named();
      if (named == null || !named.tool().equals(matter.tool())) {
        ledger.append(
            new Entry.Named(
                spoken.rule(), now, matter.tool(), matter.replacement(), matter.replacementUrl()));
      }
      ledger.append(told);
    }
  }

  /// Somebody to whom nothing can be shown counts as told in the end.
  private void giveUp(Judged one, Instant now) throws IOException {
    if (!(one.verdict() instanceof Verdict.Waiting) || one.findings().isEmpty()) {
      return;
    }
    var term = one.rule().timeline().term();
    var history = ledger.of(one.rule().id()).history(term, now);
    for (var person : one.sighting().people()) {
      var known = history.of(person);
      if (known.told() == null
          && known.tried() != null
          && awake.get().minus(known.tried()).compareTo(Deciding.UNSHOWN_GRACE) >= 0) {
        ledger.append(new Entry.GaveUp(one.rule().id(), now, term, person));
      }
    }
  }

  private static ToldOutcome outcome(Receipt receipt) {
    return switch (receipt) {
      case Receipt.Shown _ -> ToldOutcome.SHOWN;
      case Receipt.NoSession _ -> ToldOutcome.NO_SESSION;
      case Receipt.DoNotDisturb _ -> ToldOutcome.DO_NOT_DISTURB;
      case Receipt.Refused _ -> ToldOutcome.REFUSED;
      case Receipt.Failed _ -> ToldOutcome.FAILED;
    };
  }

  private static @Nullable String channel(Receipt receipt) {
    return receipt instanceof Receipt.Shown(var channel, var _)
        ? channel.name().toLowerCase(Locale.ROOT)
        : null;
  }
}
