package dev.interdict.agent.decide;

import dev.interdict.agent.decide.Verdict.Hold;
import dev.interdict.agent.match.Finding;
import dev.interdict.agent.time.TimeView;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Matcher;
import dev.interdict.policy.Rule;
import dev.interdict.policy.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides, for one rule with findings, what follows now. The order of the questions is the
/// precedence: every doubt comes before the date, so that it holds the removal rather than delaying
/// the question.
public final class Deciding {
  /// Where no notice can be shown (nobody logged in, the helper killed), the minimum notice counts
  /// from this long after the first try, so that it cannot be dodged by preventing the notice.
  public static final Duration UNSHOWN_GRACE = Duration.ofHours(24);

  private Deciding() {}

  /// The verdict on `rule`, of which there is at least one finding.
  public static Verdict verdict(
      Rule rule, List<Finding> findings, History history, Situation situation) {
    var outside = outsideScope(rule, situation.device());
    if (outside != null) {
      return new Verdict.OutOfScope(outside);
    }
    if (situation.now().isBefore(rule.timeline().announceAt())) {
      return new Verdict.Unannounced(rule.timeline().announceAt());
    }
    for (var exemption : situation.exemptions().granted()) {
      if (exemption.rule().equals(rule.id()) && situation.now().isBefore(exemption.until())) {
        return new Verdict.Exempt(exemption);
      }
    }
    var held = held(rule, findings, situation);
    if (held != null) {
      return held;
    }
    var date = date(rule, history, situation.device());
    var reached = reached(date, rule, history, situation.time());
    if (reached == null) {
      return new Verdict.Waiting(date, Telling.now(rule, date, history, situation.now()));
    }
    if (situation.age() == Situation.PolicyAge.EXPIRED) {
      return new Verdict.Held(
          Hold.POLICY_EXPIRED,
          "the signed blocklist has expired; nothing new is removed until a fresh one is verified");
    }
    return new Verdict.Due(reached, atMost(rule, findings));
  }

  /// The device's own date: never before the rule's effective date here, never before the first
  /// notice plus the minimum notice, later by what was put off.
  public static DeviceDate date(Rule rule, History history, DeviceFacts device) {
    var timeline = rule.timeline();
    var ring = Rings.of(rule, device.id());
    var effective =
        ring.map(Scope.Ring::at)
            .map(at -> at.atZone(timeline.zone()).toInstant())
            .orElseGet(() -> timeline.effectiveAt(device.zone()));
    var ringName = ring.map(Scope.Ring::name).orElse(null);
    var told = told(history);
    if (told == null) {
      return new DeviceDate(
          null, effective, ringName, null, DeviceDate.SetBy.FIRST_NOTICE_OUTSTANDING);
    }
    var noticeEnds = told.plus(timeline.minimumNotice());
    var fair = noticeEnds.isAfter(effective) ? noticeEnds : effective;
    var setBy =
        !history.deferredBy().isZero()
            ? DeviceDate.SetBy.DEFERRAL
            : noticeEnds.isAfter(effective)
                ? DeviceDate.SetBy.MINIMUM_NOTICE
                : DeviceDate.SetBy.EFFECTIVE_DATE;
    return new DeviceDate(fair.plus(history.deferredBy()), effective, ringName, noticeEnds, setBy);
  }

  /// The date if it has come, or null. Trusted time brings it; long without confirmation, the rule
  /// says what else does. The minimum notice and what was put off count in trusted time only.
  private static @Nullable DeviceDate reached(
      DeviceDate date, Rule rule, History history, TimeView time) {
    if (date.at() == null || date.noticeEnds() == null) {
      return null;
    }
    if (!time.trusted().isBefore(date.at())) {
      return date;
    }
    if (!time.outOfContact()
        || time.trusted().isBefore(date.noticeEnds().plus(history.deferredBy()))) {
      return null;
    }
    var come =
        switch (rule.timeline().outOfContact()) {
          case WAIT -> false;
          case WALL_CLOCK -> !time.hinted().isBefore(date.at());
          case ENFORCE -> true;
        };
    return come ? date.outOfContact() : null;
  }

  private static @Nullable Instant told(History history) {
    if (history.firstShown() != null) {
      return history.firstShown();
    }
    return history.firstTried() == null ? null : history.firstTried().plus(UNSHOWN_GRACE);
  }

  private static @Nullable String outsideScope(Rule rule, DeviceFacts device) {
    var scope = rule.scope();
    if (!scope.systems().isEmpty() && !scope.systems().contains(device.system())) {
      return "the rule is not for " + device.system().written();
    }
    if (scope.exclude().stream().anyMatch(device.groups()::contains)) {
      return "this device is in an excluded group";
    }
    if (!scope.include().isEmpty()
        && scope.include().stream().noneMatch(device.groups()::contains)) {
      return "this device is in none of the rule's groups";
    }
    if (scope.network() == Scope.Network.CORPORATE) {
      return "the rule is for the corporate network only, which this version cannot recognise";
    }
    return null;
  }

  private static @Nullable Verdict held(Rule rule, List<Finding> findings, Situation situation) {
    if (situation.stop().holds(rule.id())) {
      return new Verdict.Held(Hold.STOPPED, situation.stop().reason());
    }
    var exemptions = situation.exemptions();
    if (exemptions.wholeHeld() || exemptions.undecided().contains(rule.id())) {
      return new Verdict.Held(
          Hold.EXEMPTION_UNREADABLE,
          "an exemption that may concern this rule could not be read by this version");
    }
    if (findings.size() > rule.maxItemsPerDevice()) {
      return new Verdict.Held(
          Hold.TOO_MANY_MATCHES,
          findings.size()
              + " matches here, the rule allows "
              + rule.maxItemsPerDevice()
              + " on one device");
    }
    return null;
  }

  private static Enforcement atMost(Rule rule, List<Finding> findings) {
    var strong = findings.stream().anyMatch(f -> f.strength() == Matcher.Strength.STRONG);
    return strong || rule.enforcement().compareTo(Enforcement.NOTIFY) <= 0
        ? rule.enforcement()
        : Enforcement.NOTIFY;
  }
}
