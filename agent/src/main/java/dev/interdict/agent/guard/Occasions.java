package dev.interdict.agent.guard;

import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.ledger.Entry;
import dev.interdict.agent.ledger.Ledger;
import dev.interdict.agent.ledger.RuleMemory;
import dev.interdict.agent.notice.Matter;
import dev.interdict.agent.notice.Phase;
import dev.interdict.agent.policy.TrustedPolicy;
import dev.interdict.decide.Verdict;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Exemption;
import dev.interdict.policy.Refusal;
import dev.interdict.policy.RuleId;
import dev.interdict.report.ErrorClass;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;

/// Tells once of what has happened to a rule beside its date: an exemption that was granted, is
/// about to end or was refused, a removal that failed, a ban that was called off.
final class Occasions {
  private static final List<Duration> ENDING = List.of(Duration.ofDays(7), Duration.ofDays(1));

  /// Longer than any weekend: whoever has had no working hour by then works at other hours.
  private static final Duration PATIENCE = Duration.ofHours(72);

  private final Teller teller;
  private final Ledger ledger;
  private final String device;

  /// @param device the device id, to which refusals are addressed
  Occasions(Teller teller, Ledger ledger, String device) {
    this.teller = teller;
    this.ledger = ledger;
    this.device = device;
  }

  /// Looks at what is different from before.
  ///
  /// @return whether something was remembered that verdicts depend on
  boolean note(TrustedPolicy policy, List<Judged> judged, Inventory inventory, Instant now)
      throws IOException {
    var weighty = false;
    for (var one : judged) {
      var people = Recipients.of(one.findings(), inventory.homes());
      weighty |= spared(one, now) | held(one, now);
      forget(one);
      if (one.findings().isEmpty() || one.rule().enforcement() == Enforcement.OBSERVE) {
        continue;
      }
      if (one.verdict() instanceof Verdict.Exempt(var exemption)) {
        exempt(one, exemption, people, now);
      }
      if (one.verdict() instanceof Verdict.Due(var date, var most)
          && most == Enforcement.NOTIFY
          && date.at() != null) {
        // Nobody removes it for them, so they are told that the date has come.
        var phase = new Phase.Enforced(date.at().atZone(teller.zone(one.rule())));
        teller.owe(Spoken.matter(one, phase), "in force " + one.rule().timeline().term(), people);
      }
      for (var refusal : policy.exemptions().refused()) {
        if (refusal.rule().equals(one.rule().id()) && refusal.device().equals(device)) {
          refused(one, refusal, people);
        }
      }
    }
    if (policy.blocklist().serial() > 0) {
      calledOff(policy, inventory.homes(), now);
    }
    return weighty;
  }

  /// What was to be told and came too late for it.
  private void forget(Judged judged) {
    var exempt = judged.verdict() instanceof Verdict.Exempt;
    teller.forget(
        judged.rule().id(),
        phase ->
            phase instanceof Phase.CalledOff
                || !exempt
                    && (phase instanceof Phase.Exempted || phase instanceof Phase.ExemptionEnding));
  }

  /// The end of an exemption starts a new minimum notice.
  private boolean spared(Judged judged, Instant now) throws IOException {
    var id = judged.rule().id();
    var exempt = judged.verdict() instanceof Verdict.Exempt;
    if (exempt == ledger.of(id).spared()) {
      return false;
    }
    ledger.append(new Entry.Spared(id, now, exempt));
    return true;
  }

  /// What was held does not go on in the middle of somebody's work: it is called out anew. Of rules
  /// of which nobody heard nothing is remembered, since most are for other devices.
  private boolean held(Judged judged, Instant now) throws IOException {
    if (judged.history().people().isEmpty()) {
      return false;
    }
    var id = judged.rule().id();
    var held =
        judged.verdict() instanceof Verdict.Held || judged.verdict() instanceof Verdict.OutOfScope;
    if (held == ledger.of(id).held()) {
      return false;
    }
    ledger.append(new Entry.Held(id, now, held));
    return true;
  }

  private void exempt(Judged judged, Exemption exemption, Collection<Home> people, Instant now)
      throws IOException {
    var rule = judged.rule();
    var until = exemption.until().atZone(teller.zone(rule));
    var left = Duration.between(now, exemption.until());
    var granted = "exempted " + exemption.id() + " " + exemption.until();
    if (once(rule.id(), "seen " + granted, now)) {
      // What the grant itself says is not said again at once.
      for (var before : ENDING) {
        if (left.compareTo(before) <= 0) {
          once(rule.id(), ending(exemption, before), now);
        }
      }
    }
    var due = ENDING.reversed().stream().filter(one -> left.compareTo(one) <= 0).findFirst();
    if (due.isPresent() && !ledger.of(rule.id()).mentioned(ending(exemption, due.get()))) {
      var days = (int) Math.max(1, Math.ceilDiv(left.toHours(), 24));
      var phase = new Phase.ExemptionEnding(until, days);
      teller.owe(
          Spoken.matter(judged, phase),
          ending(exemption, due.get()),
          people,
          exemption.until().minus(due.get().dividedBy(2)));
      return;
    }
    var first = left.compareTo(ENDING.getFirst()) > 0 ? ENDING.getFirst() : ENDING.getLast();
    var phase =
        new Phase.Exempted(until, exemption.grantedBy(), exemption.reason(), (int) first.toDays());
    teller.owe(Spoken.matter(judged, phase), granted, people);
  }

  private static String ending(Exemption exemption, Duration before) {
    return "ending " + exemption.id() + " " + exemption.until() + " " + before;
  }

  private void refused(Judged judged, Refusal refusal, Collection<Home> people) {
    var rule = judged.rule();
    if (ledger.of(rule.id()).answers().stream().noneMatch(Occasions::request)) {
      return;
    }
    var date =
        judged.verdict() instanceof Verdict.Waiting(var waiting) && waiting.at() != null
            ? waiting.at()
            : rule.timeline().term();
    var phase =
        new Phase.ExemptionRefused(
            date.atZone(teller.zone(rule)), refusal.by(), refusal.reason(), refusal.contact());
    teller.owe(Spoken.matter(judged, phase), "refused " + refusal.id(), people);
  }

  private static boolean request(Entry.Answered answer) {
    return answer.kind() == Entry.Answer.EXEMPTION_REQUEST;
  }

  /// Says to the owners that a removal has failed, once until one goes well.
  ///
  /// @param held whether it cannot be started meanwhile
  void failed(Judged judged, ErrorClass cause, Collection<Home> people, boolean held) {
    var memory = ledger.of(judged.rule().id());
    if (memory.acts().failures() == 1) {
      var reference = device.substring(0, Math.min(8, device.length()));
      var phase = new Phase.Failed(cause, reference, held);
      var what = "failed " + memory.acts().verifications() + " " + memory.acts().tries();
      teller.owe(Spoken.matter(judged, phase), what, people);
    }
  }

  /// People who were told of a date that will not come.
  private void calledOff(TrustedPolicy policy, List<Home> homes, Instant now) throws IOException {
    var unread = new HashSet<String>();
    policy.blocklist().unreadable().forEach(one -> unread.add(one.rule()));
    var present = new HashSet<RuleId>();
    policy.blocklist().rules().forEach(rule -> present.add(rule.id()));
    for (var id : ledger.rules()) {
      var memory = ledger.of(id);
      var told = memory.lastShown();
      var named = memory.named();
      // Once something was removed, nothing is called off any more.
      if (!present.contains(id)
          && !unread.contains(id.value())
          && told != null
          && named != null
          && memory.acts().lastAct() == null) {
        var what = "called off " + told.at();
        if (once(id, what, now)) {
          // Should it come back, whatever its date, people are told anew.
          ledger.append(new Entry.Spared(id, now, false));
        }
        var matter = matter(id, named, told, teller.zone());
        var known = ledger.of(id).mentionedAt(what);
        teller.owe(matter, what, told(memory, homes), known == null ? now : known.plus(PATIENCE));
      }
    }
  }

  private static Matter matter(RuleId id, Entry.Named named, Entry.Told told, ZoneId zone) {
    var date = told.date() == null ? told.term() : told.date();
    return new Matter(
        id,
        named.tool(),
        named.replacement(),
        named.replacementUrl(),
        Enforcement.REMOVE,
        new Phase.CalledOff(date.atZone(zone)));
  }

  private static List<Home> told(RuleMemory memory, List<Home> homes) {
    var people = memory.told();
    return homes.stream().filter(home -> people.contains(home.user())).toList();
  }

  /// Whether this is the first time; it is not any more then.
  boolean once(RuleId rule, String what, Instant now) throws IOException {
    if (ledger.of(rule).mentioned(what)) {
      return false;
    }
    ledger.append(new Entry.Mentioned(rule, now, what));
    return true;
  }
}
