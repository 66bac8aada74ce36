package dev.interdict.agent.guard;

import dev.interdict.agent.decide.DeviceDate;
import dev.interdict.agent.decide.DeviceFacts;
import dev.interdict.agent.decide.NoticePhase;
import dev.interdict.agent.decide.Verdict;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.ledger.Entry;
import dev.interdict.agent.ledger.Ledger;
import dev.interdict.agent.match.Finding;
import dev.interdict.agent.notice.Matter;
import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.Notifier;
import dev.interdict.agent.notice.Phase;
import dev.interdict.agent.notice.Receipt;
import dev.interdict.agent.notice.Recipient;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Language;
import dev.interdict.policy.Rule;
import dev.interdict.policy.Timeline;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Shows the notices that are due and remembers what was really shown.
final class Teller {
  private final DeviceFacts device;
  private final Language language;
  private final Notifier notifier;
  private final Ledger ledger;
  private final Events events;

  Teller(DeviceFacts device, Language language, Notifier notifier, Ledger ledger, Events events) {
    this.device = device;
    this.language = language;
    this.notifier = notifier;
    this.ledger = ledger;
    this.events = events;
  }

  /// Shows what `judged` asks for now.
  void tell(Judged judged, Inventory inventory, Instant now) throws IOException {
    if (judged.findings().isEmpty()
        || !(judged.verdict() instanceof Verdict.Waiting(var date, var due))
        || due == null) {
      return;
    }
    var rule = judged.rule();
    var at = fairDate(rule, date, now);
    var phase = phase(due, at.atZone(zone(rule)), Duration.between(now, at));
    var channel = show(rule, phase, recipients(judged.findings(), inventory));
    var term = rule.timeline().term();
    var history = ledger.of(rule.id()).history(term, now);
    if (channel != null || history.firstTried() == null) {
      ledger.append(new Entry.Told(rule.id(), now, term, due, channel));
    }
  }

  /// Tells of something that has happened; nothing depends on whether it is seen.
  void mention(Rule rule, Phase phase, List<Finding> findings, Inventory inventory) {
    if (rule.enforcement() != Enforcement.OBSERVE) {
      show(rule, phase, recipients(findings, inventory));
    }
  }

  /// The zone in which the rule's dates are written.
  ZoneId zone(Rule rule) {
    return rule.timeline().clock() == Timeline.Clock.LOCAL ? device.zone() : rule.timeline().zone();
  }

  /// The date to announce: the device's own, or what it becomes by this very notice.
  private static Instant fairDate(Rule rule, DeviceDate date, Instant now) {
    if (date.at() != null) {
      return date.at();
    }
    var noticeEnds = now.plus(rule.timeline().minimumNotice());
    return noticeEnds.isAfter(date.effective()) ? noticeEnds : date.effective();
  }

  private static Phase phase(NoticePhase due, ZonedDateTime at, Duration left) {
    return switch (due) {
      case ANNOUNCED -> new Phase.Announced(at);
      case REMINDER -> new Phase.Reminder(at, (int) Math.max(1, left.toDays()), null);
      case DAY_BEFORE -> new Phase.DayBefore(at, null);
      // No command puts a removal off yet, so none is offered.
      case LAST_HOUR -> new Phase.LastHour(at, (int) Math.max(1, left.toMinutes()), 0, Duration.ZERO);
    };
  }

  /// Those whose homes hold it; for software of the machine, everybody.
  private static Set<Home> recipients(List<Finding> findings, Inventory inventory) {
    var homes = new LinkedHashSet<Home>();
    for (var finding : findings) {
      var owner = finding.item().owner();
      if (owner == null) {
        homes.addAll(inventory.homes());
      } else {
        homes.add(owner);
      }
    }
    return homes;
  }

  /// The channel on which at least one of them saw it, or null.
  private @Nullable String show(Rule rule, Phase phase, Set<Home> recipients) {
    String channel = null;
    for (var home : recipients) {
      var recipient = new Recipient(home, language, device.zone());
      var receipt = notifier.show(Notice.of(rule.id().value(), recipient, List.of(Matter.of(rule, phase))));
      if (receipt instanceof Receipt.Shown(var shownOn, var _)) {
        channel = shownOn.name().toLowerCase(Locale.ROOT);
      }
    }
    events.on(new Event.Told(rule.id(), phase.key(), channel));
    return channel;
  }
}
