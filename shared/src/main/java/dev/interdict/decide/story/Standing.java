package dev.interdict.decide.story;

import dev.interdict.decide.Deciding;
import dev.interdict.decide.DeviceFacts;
import dev.interdict.decide.History;
import dev.interdict.decide.Recollection;
import dev.interdict.decide.Sighting;
import dev.interdict.decide.Situation;
import dev.interdict.decide.TimeView;
import dev.interdict.decide.Verdict;
import dev.interdict.policy.Beacon;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Exemption;
import dev.interdict.policy.Exemptions;
import dev.interdict.policy.Refusal;
import dev.interdict.policy.Rule;
import dev.interdict.policy.Stop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What the device knows of the rule at a moment of its life: what was signed, and what it
/// remembers. For one walk.
final class Standing {
  final Life life;
  final Presence presence;
  final Set<String> people;
  final List<Exemption> granted = new ArrayList<>();
  final List<Refusal> refused = new ArrayList<>();
  Rule rule;
  Recollection memory = new Recollection();
  Stop stop = Stop.NONE;

  /// How long the device has been running in all.
  Duration awake = Duration.ZERO;

  Standing(Rule rule, Life life, Presence presence) {
    this.rule = rule;
    this.life = life;
    this.presence = presence;
    this.people =
        life.holders().isEmpty() ? Set.of(Sighting.NOBODY) : new TreeSet<>(life.holders());
  }

  History history() {
    return memory.history();
  }

  Verdict judge(Instant now) {
    return Deciding.verdict(rule, new Sighting(1, true, people), history(), situation(now));
  }

  private Situation situation(Instant now) {
    var first = life.device();
    var device = new DeviceFacts(first.id(), first.system(), presence.zone(now), first.groups());
    var marks =
        life.corporate()
            ? rule.scope().corporate().stream().map(Beacon::key).collect(Collectors.toSet())
            : Set.<String>of();
    return new Situation(
        device,
        new Exemptions(granted, Set.of(), false, refused, List.of(), 0),
        stop,
        Situation.PolicyAge.CURRENT,
        TimeView.certain(now),
        marks);
  }

  /// How many times the removal may still be put off.
  int putOffLeft() {
    return rule.enforcement().compareTo(Enforcement.BLOCK) < 0
        ? 0
        : Math.max(0, rule.timeline().deferral().times() - history().putOff());
  }
}
