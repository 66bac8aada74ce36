package dev.interdict.decide;

import dev.interdict.policy.Rule;
import dev.interdict.policy.Scope;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Decides, for one rule with findings, what follows now. The order of the questions is the
/// precedence: every doubt comes before the date, so that it holds the removal rather than delaying
/// the question.
public final class Deciding {
  /// Where no notice can be shown to a person (nobody logged in, the helper killed), they count as
  /// told after this much awake time since the first try, so that preventing it dodges nothing.
  public static final Duration UNSHOWN_GRACE = Duration.ofHours(24);

  /// Least time between a last call that was shown and the end, to save one's work; less only where
  /// the rule's own minimum notice is.
  public static final Duration LAST_CALL = Duration.ofMinutes(30);

  /// How long a last call that nobody could hear is repeated before the end comes without.
  public static final Duration UNHEARD_CALL = Duration.ofMinutes(60);

  private Deciding() {}

  /// The verdict on `rule`, of which there is at least one finding.
  public static Verdict verdict(
      Rule rule, Sighting sighting, History history, Situation situation) {
    var outside = outsideScope(rule, situation);
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
    var held = held(rule, sighting, situation);
    if (held != null) {
      return held;
    }
    var date = DateSetting.date(rule, sighting, history, situation);
    var come = come(date, rule, history, situation.time());
    if (come == null) {
      return new Verdict.Waiting(date);
    }
    if (situation.age() == Situation.PolicyAge.EXPIRED) {
      return new Verdict.Held(
          Verdict.Hold.POLICY_EXPIRED,
          "the signed blocklist has expired; nothing new is removed until a fresh one is verified");
    }
    return come.lastCall() == null || situation.now().isBefore(come.lastCall())
        ? new Verdict.Waiting(come)
        : new Verdict.Due(come, rule.enforcement().on(sighting.strong()));
  }

  /// The date if it has come, or null. Trusted time brings it; long without confirmation, the rule
  /// says what else does. The minimum notice and what was put off count in trusted time only.
  private static @Nullable DeviceDate come(
      DeviceDate date, Rule rule, History history, TimeView time) {
    if (date.at() == null || date.noticeEnds() == null) {
      return null;
    }
    if (!time.trusted().isBefore(date.at())) {
      return date;
    }
    if (!time.outOfContact()
        || time.trusted().isBefore(date.noticeEnds().plus(history.putOffBy()))) {
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

  private static Verdict.@Nullable Outside outsideScope(Rule rule, Situation situation) {
    var scope = rule.scope();
    var device = situation.device();
    if (!scope.systems().isEmpty() && !scope.systems().contains(device.system())) {
      return Verdict.Outside.SYSTEM;
    }
    if (scope.exclude().stream().anyMatch(device.groups()::contains)) {
      return Verdict.Outside.EXCLUDED_GROUP;
    }
    if (!scope.include().isEmpty()
        && scope.include().stream().noneMatch(device.groups()::contains)) {
      return Verdict.Outside.OTHER_GROUPS;
    }
    if (scope.network() == Scope.Network.CORPORATE
        && scope.corporate().stream().noneMatch(mark -> situation.marks().contains(mark.key()))) {
      return Verdict.Outside.OTHER_NETWORK;
    }
    return null;
  }

  private static @Nullable Verdict held(Rule rule, Sighting sighting, Situation situation) {
    if (situation.stop().holds(rule.id())) {
      return new Verdict.Held(Verdict.Hold.STOPPED, situation.stop().reason());
    }
    var exemptions = situation.exemptions();
    if (exemptions.wholeHeld() || exemptions.undecided().contains(rule.id())) {
      return new Verdict.Held(
          Verdict.Hold.EXEMPTION_UNREADABLE,
          "an exemption that may concern this rule could not be read by this version");
    }
    if (sighting.items() > rule.maxItemsPerDevice()) {
      return new Verdict.Held(
          Verdict.Hold.TOO_MANY_MATCHES,
          sighting.items()
              + " matches here, the rule allows "
              + rule.maxItemsPerDevice()
              + " on one device");
    }
    return null;
  }
}
