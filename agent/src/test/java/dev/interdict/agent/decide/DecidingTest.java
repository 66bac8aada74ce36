package dev.interdict.agent.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.interdict.agent.decide.DeviceDate.SetBy;
import dev.interdict.agent.decide.Situation.PolicyAge;
import dev.interdict.agent.decide.Verdict.Hold;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.match.Finding;
import dev.interdict.agent.time.TimeView;
import dev.interdict.agent.time.Witness;
import dev.interdict.identity.PackageUrl;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Exemption;
import dev.interdict.policy.Exemptions;
import dev.interdict.policy.Matcher.Strength;
import dev.interdict.policy.OperatingSystem;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleFixtures;
import dev.interdict.policy.RuleId;
import dev.interdict.policy.Stop;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DecidingTest {
  private static final Rule RULE = RuleFixtures.rule(RuleFixtures.CLAUDE_CODE);
  private static final Instant ANNOUNCE = Instant.parse("2026-07-03T01:00:00Z");
  private static final Instant EFFECTIVE = Instant.parse("2026-07-09T16:00:00Z");
  private static final DeviceFacts DEVICE =
      new DeviceFacts("d1", OperatingSystem.LINUX, ZoneId.of("Asia/Shanghai"), Set.of("rd"));

  private static Finding finding(Rule rule, Strength strength) {
    var item =
        new Item(
            "npm",
            new Identity.OfPackage(PackageUrl.npm("@anthropic-ai/claude-code")),
            "2.1.112",
            null,
            BytePath.parse("/usr/lib/node_modules/@anthropic-ai/claude-code"),
            List.of());
    return new Finding(rule, item, strength, List.of());
  }

  private static History told(@Nullable Instant at) {
    return at == null
        ? History.NONE
        : new History(at, at, at, Duration.ZERO, Map.of(NoticePhase.ANNOUNCED, at));
  }

  private static Verdict verdict(Rule rule, History history, Situation situation) {
    return Deciding.verdict(rule, List.of(finding(rule, Strength.STRONG)), history, situation);
  }

  private static Situation at(Instant now) {
    return new Situation(
        DEVICE, Exemptions.NONE, Stop.NONE, PolicyAge.CURRENT, TimeView.certain(now));
  }

  private static Rule with(String from, String to) {
    return RuleFixtures.rule(RuleFixtures.CLAUDE_CODE.replace(from, to));
  }

  @Test
  void nothing_is_said_before_the_announcement() {
    assertEquals(
        new Verdict.Unannounced(ANNOUNCE),
        verdict(RULE, History.NONE, at(ANNOUNCE.minusSeconds(1))));
  }

  @Test
  void told_in_time_the_rules_own_date_counts() {
    var date = Deciding.date(RULE, told(ANNOUNCE), DEVICE);
    assertEquals(EFFECTIVE, date.at());
    assertEquals(SetBy.EFFECTIVE_DATE, date.setBy());
    assertInstanceOf(
        Verdict.Waiting.class, verdict(RULE, told(ANNOUNCE), at(EFFECTIVE.minusMillis(1))));
    assertEquals(
        Enforcement.REMOVE,
        assertInstanceOf(Verdict.Due.class, verdict(RULE, told(ANNOUNCE), at(EFFECTIVE)))
            .enforcement());
  }

  @Test
  void told_late_the_minimum_notice_counts() {
    var late = EFFECTIVE.plus(Duration.ofDays(3));
    var date = Deciding.date(RULE, told(late), DEVICE);
    assertEquals(late.plus(Duration.ofHours(24)), date.at());
    assertEquals(SetBy.MINIMUM_NOTICE, date.setBy());
  }

  @Test
  void never_told_it_is_never_due_however_late_it_is() {
    var verdict = verdict(RULE, History.NONE, at(EFFECTIVE.plus(Duration.ofDays(3000))));
    var waiting = assertInstanceOf(Verdict.Waiting.class, verdict);
    assertEquals(NoticePhase.ANNOUNCED, waiting.notice());
  }

  @Test
  void preventing_the_notice_gains_a_day_and_the_minimum_notice_no_more() {
    var tried = new History(ANNOUNCE, null, EFFECTIVE, Duration.ZERO, Map.of());
    assertEquals(
        EFFECTIVE.plus(Deciding.UNSHOWN_GRACE).plus(Duration.ofHours(24)),
        Deciding.date(RULE, tried, DEVICE).at());
  }

  @Test
  void putting_off_moves_the_date() {
    var history = new History(ANNOUNCE, ANNOUNCE, ANNOUNCE, Duration.ofDays(1), Map.of());
    var date = Deciding.date(RULE, history, DEVICE);
    assertEquals(EFFECTIVE.plus(Duration.ofDays(1)), date.at());
    assertEquals(SetBy.DEFERRAL, date.setBy());
  }

  private static DeviceFacts in(String zone) {
    return new DeviceFacts("d1", OperatingSystem.LINUX, ZoneId.of(zone), Set.of());
  }

  private static Instant effective(Rule rule, String zone) {
    return Deciding.date(rule, told(ANNOUNCE), in(zone)).effective();
  }

  @Test
  void one_instant_for_everybody_whatever_zone_a_device_is_set_to() {
    for (var zone : List.of("Etc/GMT+12", "Pacific/Kiritimati", "Asia/Shanghai")) {
      assertEquals(EFFECTIVE, effective(RULE, zone));
    }
  }

  @Test
  void by_local_clock_another_zone_moves_the_date_by_the_difference_and_no_more() {
    var local = with("\"zone\"", "\"clock\": \"local\", \"zone\"");
    assertEquals(EFFECTIVE, effective(local, "Asia/Shanghai"));
    assertEquals(EFFECTIVE.minus(Duration.ofHours(6)), effective(local, "Pacific/Kiritimati"));
    assertEquals(EFFECTIVE.plus(Duration.ofHours(20)), effective(local, "Etc/GMT+12"));
    // The notice counts on, whatever the zone is set to meanwhile.
    assertEquals(RULE.timeline().term(), local.timeline().term());
  }

  /// A time that the spring skips counts from when the clock has passed it, one that the autumn
  /// repeats from its first time, as the zone's rules say.
  @Test
  void a_change_of_the_clocks_is_as_the_zones_rules_say() {
    for (var row :
        new String[][] {
          {"2027-03-14T02:30", "2027-03-14T07:30:00Z"},
          {"2027-03-14T03:30", "2027-03-14T07:30:00Z"},
          {"2026-11-01T00:30", "2026-11-01T04:30:00Z"},
          {"2026-11-01T01:30", "2026-11-01T05:30:00Z"},
          {"2026-11-01T02:30", "2026-11-01T07:30:00Z"}
        }) {
      for (var clock : List.of("instant", "local")) {
        var rule =
            RuleFixtures.rule(
                RuleFixtures.CLAUDE_CODE
                    .replace("2026-07-10T00:00", row[0])
                    .replace("Asia/Shanghai", "America/New_York")
                    .replace("\"zone\"", "\"clock\": \"" + clock + "\", \"zone\""));
        assertEquals(Instant.parse(row[1]), effective(rule, "America/New_York"), row[0]);
      }
    }
  }

  private static Verdict alone(Rule rule, Instant trusted, Instant wall, boolean stepped) {
    var since = trusted.minus(TimeView.PATIENCE);
    var time = new TimeView(trusted, since, Witness.SERVER, wall, stepped, null);
    return verdict(
        rule,
        told(ANNOUNCE),
        new Situation(DEVICE, Exemptions.NONE, Stop.NONE, PolicyAge.CURRENT, time));
  }

  @Test
  void out_of_contact_the_rules_own_word_decides() {
    var now = EFFECTIVE.minus(Duration.ofDays(2));
    var wait = with("\"zone\"", "\"out-of-contact\": \"wait\", \"zone\"");
    var enforce = with("\"zone\"", "\"out-of-contact\": \"enforce\", \"zone\"");
    assertInstanceOf(Verdict.Waiting.class, alone(RULE, now, now, false));
    assertInstanceOf(Verdict.Waiting.class, alone(RULE, now, EFFECTIVE.minusMillis(1), false));
    assertInstanceOf(Verdict.Waiting.class, alone(RULE, now, EFFECTIVE, true));
    assertInstanceOf(Verdict.Waiting.class, alone(wait, now, EFFECTIVE, false));
    for (var due : List.of(alone(RULE, now, EFFECTIVE, false), alone(enforce, now, now, true))) {
      assertEquals(SetBy.OUT_OF_CONTACT, assertInstanceOf(Verdict.Due.class, due).date().setBy());
    }
    var early = ANNOUNCE.plus(Duration.ofHours(24)).minusMillis(1);
    assertInstanceOf(Verdict.Waiting.class, alone(enforce, early, EFFECTIVE, false));
    assertInstanceOf(Verdict.Due.class, alone(enforce, early.plusMillis(1), EFFECTIVE, false));
  }

  @Test
  void every_doubt_holds_a_removal_that_is_due() {
    var now = EFFECTIVE.plusSeconds(1);
    var id = RULE.id();
    for (var situation :
        Map.of(
                Hold.STOPPED,
                new Situation(
                    DEVICE,
                    Exemptions.NONE,
                    new Stop(false, Set.of(id), "pilot failed"),
                    PolicyAge.CURRENT,
                    TimeView.certain(now)),
                Hold.EXEMPTION_UNREADABLE,
                new Situation(
                    DEVICE,
                    new Exemptions(List.of(), Set.of(id), false),
                    Stop.NONE,
                    PolicyAge.CURRENT,
                    TimeView.certain(now)),
                Hold.POLICY_EXPIRED,
                new Situation(
                    DEVICE, Exemptions.NONE, Stop.NONE, PolicyAge.EXPIRED, TimeView.certain(now)))
            .entrySet()) {
      var held =
          assertInstanceOf(Verdict.Held.class, verdict(RULE, told(ANNOUNCE), situation.getValue()));
      assertEquals(situation.getKey(), held.hold());
    }
  }

  @Test
  void a_stale_policy_is_enforced_all_the_same() {
    var stale =
        new Situation(
            DEVICE, Exemptions.NONE, Stop.NONE, PolicyAge.STALE, TimeView.certain(EFFECTIVE));
    assertInstanceOf(Verdict.Due.class, verdict(RULE, told(ANNOUNCE), stale));
  }

  @Test
  void an_exemption_counts_until_its_end_and_for_its_rule() {
    var exemption =
        new Exemption("EX-1", RULE.id(), "d1", EFFECTIVE.plusSeconds(60), "Li Na", "demo");
    var other = new Exemption("EX-2", new RuleId("other"), "d1", Instant.MAX, "Li Na", "demo");
    var exemptions = new Exemptions(List.of(other, exemption), Set.of(), false);
    var situation =
        new Situation(
            DEVICE, exemptions, Stop.NONE, PolicyAge.CURRENT, TimeView.certain(EFFECTIVE));
    assertEquals(new Verdict.Exempt(exemption), verdict(RULE, told(ANNOUNCE), situation));
    var after =
        new Situation(
            DEVICE,
            exemptions,
            Stop.NONE,
            PolicyAge.CURRENT,
            TimeView.certain(EFFECTIVE.plusSeconds(60)));
    assertInstanceOf(Verdict.Due.class, verdict(RULE, told(ANNOUNCE), after));
  }

  @Test
  void more_matches_than_the_signed_limit_hold_the_rule() {
    var findings = Collections.nCopies(21, finding(RULE, Strength.STRONG));
    var verdict = Deciding.verdict(RULE, findings, told(ANNOUNCE), at(EFFECTIVE));
    assertEquals(Hold.TOO_MANY_MATCHES, assertInstanceOf(Verdict.Held.class, verdict).hold());
  }

  @Test
  void weak_evidence_alone_never_removes() {
    var verdict =
        Deciding.verdict(
            RULE, List.of(finding(RULE, Strength.WEAK)), told(ANNOUNCE), at(EFFECTIVE));
    assertEquals(Enforcement.NOTIFY, assertInstanceOf(Verdict.Due.class, verdict).enforcement());
  }

  @Test
  void scope_is_by_system_and_group() {
    for (var scope :
        List.of(
            "{\"os\": [\"macos\"]}",
            "{\"groups\": {\"include\": [\"finance\"]}}",
            "{\"groups\": {\"exclude\": [\"rd\"]}}")) {
      var rule = with("\"limits\"", "\"scope\": " + scope + ", \"limits\"");
      assertInstanceOf(
          Verdict.OutOfScope.class, verdict(rule, told(ANNOUNCE), at(EFFECTIVE)), scope);
    }
    var own = with("\"limits\"", "\"scope\": {\"groups\": {\"include\": [\"rd\"]}}, \"limits\"");
    assertInstanceOf(Verdict.Due.class, verdict(own, told(ANNOUNCE), at(EFFECTIVE)));
  }

  @Test
  void a_ring_takes_about_its_share_of_devices_and_always_the_same_ones() {
    var rule =
        with(
            "\"limits\"",
            "\"scope\": {\"rings\": [{\"name\": \"pilot\", \"percent\": 10,"
                + " \"at\": \"2026-07-06T00:00\"}]}, \"limits\"");
    var pilots = 0;
    for (var i = 0; i < 2000; i++) {
      var device = new DeviceFacts("device-" + i, OperatingSystem.LINUX, DEVICE.zone(), Set.of());
      var date = Deciding.date(rule, told(ANNOUNCE), device);
      assertEquals(date, Deciding.date(rule, told(ANNOUNCE), device));
      pilots += "pilot".equals(date.ring()) ? 1 : 0;
    }
    assertEquals(200, pilots, 60);
  }

  /// Whatever is remembered and whatever time it is: due means that a notice was shown, or tried a
  /// day before, and that the minimum notice and the rule's date have passed.
  @Test
  void never_due_before_the_devices_own_fair_date() {
    var random = new Random(20260710);
    for (var i = 0; i < 20_000; i++) {
      var now = ANNOUNCE.plusSeconds(random.nextInt(20 * 86_400));
      var shown = random.nextBoolean() ? ANNOUNCE.plusSeconds(random.nextInt(20 * 86_400)) : null;
      var tried = shown != null || random.nextBoolean() ? ANNOUNCE : null;
      var phases = new EnumMap<NoticePhase, Instant>(NoticePhase.class);
      if (shown != null) {
        phases.put(NoticePhase.ANNOUNCED, shown);
      }
      var deferred = Duration.ofHours(random.nextInt(3) * 12L);
      var history = new History(ANNOUNCE, shown, tried, deferred, phases);
      if (verdict(RULE, history, at(now)) instanceof Verdict.Due) {
        var told = shown != null ? shown : ANNOUNCE.plus(Deciding.UNSHOWN_GRACE);
        var earliest = told.plus(Duration.ofHours(24)).plus(deferred);
        var story = "seed 20260710, life " + i + ": now " + now + ", shown " + shown;
        assertEquals(false, now.isBefore(earliest) || now.isBefore(EFFECTIVE), story);
      }
    }
  }
}
