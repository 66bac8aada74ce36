package dev.interdict.server.fleet;

import dev.interdict.report.ActionKind;
import dev.interdict.report.Coverage;
import dev.interdict.report.ErrorClass;
import dev.interdict.report.EvidenceStrength;
import dev.interdict.report.OsFamily;
import dev.interdict.report.Presence;
import dev.interdict.report.Problem;
import dev.interdict.report.ReportedAction;
import dev.interdict.report.ReportedAnswer;
import dev.interdict.report.ReportedFinding;
import dev.interdict.report.ReportedGap;
import dev.interdict.report.ReportedNotice;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// A fleet to which everything happens that can happen to reports, by a seed.
public final class RandomHistory {
  public static final List<String> RULES = List.of("claude-code", "claude-desktop", "cursor");

  private final SimulatedFleet fleet;
  private final Random random;
  private final List<SimulatedDevice> devices = new ArrayList<>();
  private int clones;

  public RandomHistory(SimulatedFleet fleet, long seed, int count) {
    this.fleet = fleet;
    this.random = new Random(seed);
    for (var i = 0; i < count; i++) {
      var os = OsFamily.values()[random.nextInt(3)];
      devices.add(fleet.enrolled("ws-" + i, os, "dept-" + random.nextInt(3)));
    }
  }

  public List<SimulatedDevice> devices() {
    return devices;
  }

  /// One thing happens.
  public void step() {
    switch (random.nextInt(12)) {
      case 0 -> fleet.clock.move(Duration.ofHours(1 + random.nextInt(60)));
      case 1 -> {
        // A second machine with the key speaks up, and is refused or gets the first one refused.
        var clone = any().cloned();
        report(clone);
        clones++;
      }
      case 2 -> {
        // Reports that are lost on the way.
        any().report(new Coverage(fleet.clock.instant(), true, List.of()), fleet.clock.instant());
      }
      default -> {
        fleet.clock.move(Duration.ofMinutes(random.nextInt(30)));
        report(any());
      }
    }
  }

  /// How many clones spoke up.
  public int clones() {
    return clones;
  }

  private SimulatedDevice any() {
    return devices.get(random.nextInt(devices.size()));
  }

  private void report(SimulatedDevice device) {
    var now = fleet.clock.instant();
    var gaps =
        random.nextInt(4) == 0
            ? List.of(new ReportedGap("npm", Problem.PARTLY_INSPECTED))
            : List.<ReportedGap>of();
    var coverage = new Coverage(now, random.nextInt(9) != 0, gaps);
    var rules = new ArrayList<ReportedRule>();
    for (var rule : RULES) {
      if (random.nextInt(6) != 0) {
        rules.add(rule(rule, coverage, now));
      }
    }
    fleet.send(device, coverage, rules.toArray(ReportedRule[]::new));
  }

  private ReportedRule rule(String rule, Coverage coverage, Instant now) {
    var drawn = RuleState.values()[random.nextInt(RuleState.values().length)];
    var state = drawn.claimsClear() && !coverage.whole() ? RuleState.UNKNOWN : drawn;
    var findings = new ArrayList<ReportedFinding>();
    for (var i = random.nextInt(3); state.hasIt() && i > 0; i--) {
      findings.add(
          new ReportedFinding(
              "npm", "pkg:npm/x", null, "/opt/x" + i, null, EvidenceStrength.STRONG, false));
    }
    var actions = new ArrayList<ReportedAction>();
    if (state == RuleState.FAILED && random.nextBoolean()) {
      var errors = ErrorClass.values();
      actions.add(
          new ReportedAction(
              ActionKind.FAILED, "pkg:npm/x", errors[random.nextInt(errors.length)], now));
    }
    if (state == RuleState.REMOVED && random.nextBoolean()) {
      actions.add(new ReportedAction(ActionKind.UNINSTALLED, "pkg:npm/x", null, now));
    }
    var one =
        new ReportedRule(
            rule,
            state,
            state == RuleState.PRESENT ? Presence.NEW : null,
            random.nextInt(3) == 0 ? now.plus(Duration.ofDays(3)) : null,
            random.nextInt(6) == 0 ? now.plus(Duration.ofHours(random.nextInt(100))) : null,
            findings,
            actions);
    return random.nextInt(4) == 0 ? one.with(notices(now), answers(now)) : one;
  }

  private static List<ReportedNotice> notices(Instant now) {
    return List.of(new ReportedNotice(now, "first", "desktop", "shown", "0123456789abcdef"));
  }

  private List<ReportedAnswer> answers(Instant now) {
    return List.of(
        new ReportedAnswer(
            "R-" + random.nextInt(9), "remind", now, now.plusSeconds(60), null, reason(), null));
  }

  private @Nullable String reason() {
    return random.nextBoolean() ? "because" : null;
  }
}
