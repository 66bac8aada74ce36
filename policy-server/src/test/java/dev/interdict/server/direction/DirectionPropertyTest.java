package dev.interdict.server.direction;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.OperatingSystem;
import dev.interdict.policy.Rule;
import dev.interdict.policy.Scope.Network;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Random rules, random devices, and a second opinion on what each would live through.
class DirectionPropertyTest {
  private static final int ROUNDS = 4_000;
  private static final List<String> ITEMS = List.of("a", "b", "c");

  private final Random random = new Random(20260701);
  private final Map<String, Json> parsed = new HashMap<>();

  @Test
  void two_safe_changes_are_a_safe_one() {
    var composed = 0;
    for (var round = 0; round < ROUNDS; round++) {
      var one = rule();
      var two = changed(one);
      var three = changed(two);
      if (direction(one, two, false).isSafe() && direction(two, three, false).isSafe()) {
        composed++;
        var whole = direction(one, three, false);
        assertTrue(whole.isSafe(), () -> one + "\n" + two + "\n" + three + "\n" + whole.steps());
      }
    }
    assertTrue(composed > 100, "only " + composed + " pairs were safe");
  }

  @Test
  void after_a_safe_change_no_device_is_worse_off() {
    var safe = 0;
    for (var round = 0; round < ROUNDS; round++) {
      var before = rule();
      var next = changed(before);
      if (!direction(before, next, false).isSafe()) {
        continue;
      }
      safe++;
      var old = RuleText.rule(before.json());
      var now = RuleText.rule(next.json());
      for (var n = 0; n < 20; n++) {
        var device = new Device(random);
        if (device.matched(old) > old.maxItemsPerDevice()) {
          // Then the direction is asked with the hold told.
          continue;
        }
        assertTrue(device.noWorse(old, now), () -> device + "\n" + before + "\n" + next);
      }
    }
    assertTrue(safe > 500, "only " + safe + " changes were safe");
  }

  @Test
  void a_held_device_is_no_worse_off_either() {
    for (var round = 0; round < ROUNDS; round++) {
      var before = rule();
      var next = changed(before);
      if (!direction(before, next, true).isSafe()) {
        continue;
      }
      var old = RuleText.rule(before.json());
      var now = RuleText.rule(next.json());
      for (var n = 0; n < 20; n++) {
        var device = new Device(random);
        assertTrue(device.noWorse(old, now), () -> device + "\n" + before + "\n" + next);
      }
    }
  }

  private Drawn changed(Drawn rule) {
    var parts = new ArrayList<>(rule.lines());
    for (var n = 1 + random.nextInt(2); n > 0; n--) {
      var other = lines();
      var at = random.nextInt(other.size());
      parts.set(at, other.get(at));
    }
    return made(parts);
  }

  private Drawn rule() {
    return made(lines());
  }

  private record Drawn(List<String> lines, Json json) {}

  private static Direction direction(Drawn before, Drawn next, boolean held) {
    return Direction.of(before.json(), next.json(), held, (_, _) -> 0);
  }

  /// One member or a few a line, so that a change takes a line from another rule.
  private Drawn made(List<String> lines) {
    var members = Json.object();
    for (var line : lines) {
      var part = (Json.Obj) parsed.computeIfAbsent(line, text -> RuleText.json("{" + text + "}"));
      part.members().forEach(members::put);
    }
    var json = members.build();
    RuleText.rule(json);
    return new Drawn(lines, json);
  }

  private List<String> lines() {
    return List.of(
        "id: tool, name: T, publisher: P, risk: low, reason: {en: r, zh-CN: 理由}",
        "enforcement: " + pick("observe", "notify", "block", "remove"),
        "timeline: {zone: Asia/Shanghai, announce: 2026-07-0%dT09:00, effective: 2026-07-1%dT10:00, "
                .formatted(1 + random.nextInt(3), random.nextInt(4))
            + "clock: instant, minimum-notice: "
            + pick("PT1H", "P1D", "P9D")
            + ", defer: {times: %d, by: P%dD}}".formatted(random.nextInt(3), 1 + random.nextInt(2)),
        "replacement: {name: R, url: 'https://r.example/', identities: ["
            + some("{package: pkg:npm/%s}")
            + "]}",
        "match: ["
            + pick("", "{package: pkg:npm/a}, ")
            + "{package: pkg:npm/b}, "
            + pick("{package: pkg:npm/c}", "{package: pkg:npm/d}")
            + "]",
        "scope: {os: ["
            + pick("", "linux", "macos", "linux, macos")
            + "], groups: {include: ["
            + pick("", "g1", "g2", "g1, g2")
            + "], exclude: ["
            + pick("", "g1", "g3")
            + "]}, network: "
            + pick("any", "corporate")
            + ", rings: ["
            + pick(
                "",
                "{name: p, percent: %d, at: 2026-07-0%dT10:00}"
                    .formatted(1 + random.nextInt(60), 5 + random.nextInt(4)))
            + "]}",
        "limits: {max-items-per-device: " + (1 + random.nextInt(3)) + "}",
        "keep: [" + pick("", "~/.k1", "~/.k1, ~/.k2") + "]");
  }

  private String some(String form) {
    var chosen = new ArrayList<String>();
    for (var item : ITEMS) {
      if (random.nextInt(3) == 0) {
        chosen.add(form.formatted(item));
      }
    }
    return String.join(", ", chosen);
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /// A workstation, and what a rule does to it at the earliest.
  private record Device(
      OperatingSystem os, Set<String> groups, int place, Set<String> has, Duration shownAfter) {
    Device(Random random) {
      this(
          random.nextBoolean() ? OperatingSystem.LINUX : OperatingSystem.MACOS,
          Set.of("g" + (1 + random.nextInt(2)), random.nextBoolean() ? "g3" : "g4"),
          random.nextInt(100),
          Set.of("pkg:npm/" + "acd".charAt(random.nextInt(3)), "pkg:npm/b", "x"),
          Duration.ofHours(random.nextInt(300)));
    }

    boolean noWorse(Rule old, Rule now) {
      var before = date(old);
      var after = date(now);
      return after == null
          || before != null
              && !after.isBefore(before)
              && now.enforcement().compareTo(old.enforcement()) <= 0
              && items(old).containsAll(items(now))
              && now.keep().containsAll(old.keep());
    }

    long matched(Rule rule) {
      return items(rule).size();
    }

    Set<String> items(Rule rule) {
      var spared = purls(rule.tool().replacement().identities());
      var items = new HashSet<>(purls(rule.match()));
      items.retainAll(has);
      items.removeAll(spared);
      return items;
    }

    private static Set<String> purls(List<dev.interdict.policy.Matcher> matchers) {
      var purls = new HashSet<String>();
      for (var matcher : matchers) {
        if (matcher instanceof dev.interdict.policy.Matcher.OfPackage(var purl, var _)) {
          purls.add(purl.toString());
        }
      }
      return purls;
    }

    /// When it is told or taken something at the earliest; null for never.
    private @Nullable LocalDateTime date(Rule rule) {
      var scope = rule.scope();
      if (rule.enforcement() == Enforcement.OBSERVE
          || items(rule).isEmpty()
          || items(rule).size() > rule.maxItemsPerDevice()
          || !scope.systems().isEmpty() && !scope.systems().contains(os)
          || groups.stream().anyMatch(scope.exclude()::contains)
          || !scope.include().isEmpty() && groups.stream().noneMatch(scope.include()::contains)
          || scope.network() == Network.CORPORATE) {
        return null;
      }
      var timeline = rule.timeline();
      var base = timeline.effective();
      var upTo = 0;
      for (var ring : scope.rings()) {
        upTo += ring.percent();
        if (place < upTo) {
          base = ring.at();
          break;
        }
      }
      var noticed = timeline.announce().plus(shownAfter).plus(timeline.minimumNotice());
      var date = noticed.isAfter(base) ? noticed : base;
      return date.plus(timeline.deferral().by().multipliedBy(timeline.deferral().times()));
    }
  }
}
