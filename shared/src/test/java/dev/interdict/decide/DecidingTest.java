package dev.interdict.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.interdict.decide.DeviceDate.SetBy;
import dev.interdict.decide.Situation.PolicyAge;
import dev.interdict.decide.Verdict.Hold;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Exemption;
import dev.interdict.policy.Exemptions;
import dev.interdict.policy.OperatingSystem;
import dev.interdict.policy.Refusal;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleFixtures;
import dev.interdict.policy.RuleId;
import dev.interdict.policy.Stop;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
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

  private static final Sighting ONE = new Sighting(1, true, Set.of("lin"));

  private static History told(@Nullable Instant at) {
    return at == null ? History.NONE : recollected(at, Duration.ZERO).history();
  }

  private static Recollection recollected(Instant announced, Duration putOffBy) {
    var memory = new Recollection();
    memory.seen(announced);
    memory.told(
        "lin", announced, NoticePhase.ANNOUNCED, Instant.MAX, ToldOutcome.SHOWN, Duration.ZERO);
    if (!putOffBy.isZero()) {
      memory.putOff(putOffBy);
    }
    return memory;
  }

  /// The verdict where everybody heard the last call in time.
  private static Verdict verdict(Rule rule, History history, Situation situation) {
    return Deciding.verdict(rule, ONE, heard(rule, history, situation), situation);
  }

  private static History heard(Rule rule, History history, Situation situation) {
    var date = DateSetting.date(rule, ONE, history, situation).at();
    if (date == null) {
      return history;
    }
    var old = history.of("lin");
    var before = situation.now().isBefore(date) ? situation.now() : date;
    var call = new PersonHistory.LastCall(date, before.minus(Duration.ofHours(1)), null);
    var person =
        new PersonHistory(
            old.firstShown(),
            old.lastShown(),
            old.wanted(),
            old.tried(),
            old.givenUp(),
            null,
            call);
    return new History(
        history.firstSeen(),
        Map.of("lin", person),
        history.putOff(),
        history.putOffBy(),
        history.requested(),
        history.consents(),
        history.disputed());
  }

  private static Situation at(Instant now) {
    return situation(DEVICE, Exemptions.NONE, Stop.NONE, PolicyAge.CURRENT, TimeView.certain(now));
  }

  private static Situation situation(
      DeviceFacts device, Exemptions exemptions, Stop stop, PolicyAge age, TimeView time) {
    return new Situation(device, exemptions, stop, age, time, Set.of());
  }

  private static DeviceDate date(Rule rule, History history, DeviceFacts device) {
    var situation =
        situation(
            device, Exemptions.NONE, Stop.NONE, PolicyAge.CURRENT, TimeView.certain(ANNOUNCE));
    return DateSetting.date(rule, ONE, history, situation);
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
    var date = date(RULE, told(ANNOUNCE), DEVICE);
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
    var date = date(RULE, told(late), DEVICE);
    assertEquals(late.plus(Duration.ofHours(24)), date.at());
    assertEquals(SetBy.MINIMUM_NOTICE, date.setBy());
  }

  @Test
  void never_told_it_is_never_due_however_late_it_is() {
    var verdict = verdict(RULE, History.NONE, at(EFFECTIVE.plus(Duration.ofDays(3000))));
    var waiting = assertInstanceOf(Verdict.Waiting.class, verdict);
    assertEquals(SetBy.FIRST_NOTICE_OUTSTANDING, waiting.date().setBy());
  }

  @Test
  void who_cannot_be_told_counts_as_told_once_it_was_given_up_and_not_before() {
    var memory = new Recollection();
    memory.told(
        "lin", ANNOUNCE, NoticePhase.ANNOUNCED, EFFECTIVE, ToldOutcome.NO_SESSION, Duration.ZERO);
    assertEquals(null, date(RULE, memory.history(), DEVICE).at());
    memory.gaveUp("lin", EFFECTIVE);
    assertEquals(EFFECTIVE.plus(Duration.ofHours(24)), date(RULE, memory.history(), DEVICE).at());
  }

  @Test
  void the_last_of_several_people_to_be_told_sets_the_date() {
    var two = new Sighting(2, true, Set.of("lin", "wei"));
    var memory = recollected(ANNOUNCE, Duration.ZERO);
    assertEquals(null, DateSetting.date(RULE, two, memory.history(), at(ANNOUNCE)).at());
    var late = EFFECTIVE.plus(Duration.ofDays(2));
    memory.told("wei", late, NoticePhase.ANNOUNCED, late, ToldOutcome.SHOWN, Duration.ZERO);
    assertEquals(
        late.plus(Duration.ofHours(24)),
        DateSetting.date(RULE, two, memory.history(), at(late)).at());
    assertEquals(EFFECTIVE, DateSetting.date(RULE, ONE, memory.history(), at(late)).at());
  }

  @Test
  void at_the_date_nothing_is_due_before_the_last_call_was_heard_out() {
    var memory = recollected(ANNOUNCE, Duration.ZERO);
    assertInstanceOf(
        Verdict.Waiting.class,
        Deciding.verdict(RULE, ONE, memory.history(), at(EFFECTIVE.plus(Duration.ofDays(9)))));
    var back = EFFECTIVE.plus(Duration.ofDays(9));
    memory.told("lin", back, NoticePhase.LAST_HOUR, EFFECTIVE, ToldOutcome.SHOWN, Duration.ZERO);
    var over = back.plus(Deciding.LAST_CALL);
    assertInstanceOf(
        Verdict.Waiting.class,
        Deciding.verdict(RULE, ONE, memory.history(), at(over.minusMillis(1))));
    assertInstanceOf(Verdict.Due.class, Deciding.verdict(RULE, ONE, memory.history(), at(over)));
  }

  @Test
  void a_last_call_that_nobody_hears_holds_the_end_for_an_hour_and_no_more() {
    var memory = recollected(ANNOUNCE, Duration.ZERO);
    for (var minutes : List.of(0, 15, 55)) {
      memory.told(
          "lin",
          EFFECTIVE.plus(Duration.ofMinutes(minutes)),
          NoticePhase.LAST_HOUR,
          EFFECTIVE,
          ToldOutcome.NO_SESSION,
          Duration.ZERO);
    }
    var over = EFFECTIVE.plus(Deciding.UNHEARD_CALL);
    assertInstanceOf(
        Verdict.Waiting.class,
        Deciding.verdict(RULE, ONE, memory.history(), at(over.minusMillis(1))));
    assertInstanceOf(Verdict.Due.class, Deciding.verdict(RULE, ONE, memory.history(), at(over)));
  }

  @Test
  void a_last_call_for_another_date_is_none() {
    var memory = recollected(ANNOUNCE, Duration.ZERO);
    memory.told(
        "lin",
        EFFECTIVE.minus(Duration.ofHours(1)),
        NoticePhase.LAST_HOUR,
        EFFECTIVE,
        ToldOutcome.SHOWN,
        Duration.ZERO);
    memory.putOff(Duration.ofDays(1));
    assertInstanceOf(
        Verdict.Waiting.class,
        Deciding.verdict(RULE, ONE, memory.history(), at(EFFECTIVE.plus(Duration.ofDays(1)))));
  }

  @Test
  void a_request_in_time_holds_the_date_until_it_is_refused_or_three_days_are_over() {
    var rule = with("\"reminders\"", "\"request-freezes\": true, \"reminders\"");
    var asked = EFFECTIVE.minus(Duration.ofDays(1));
    var memory = recollected(ANNOUNCE, Duration.ZERO);
    memory.requested(asked);
    var held = DateSetting.date(rule, ONE, memory.history(), at(EFFECTIVE));
    assertEquals(asked.plus(Duration.ofDays(3)), held.at());
    assertEquals(SetBy.REQUEST, held.setBy());
    assertEquals(EFFECTIVE, DateSetting.date(RULE, ONE, memory.history(), at(EFFECTIVE)).at());
    var refusal =
        new Refusal("r-1", rule.id(), "d1", "Li Na", "no", "it@example.com", asked.plusSeconds(1));
    var refused = new Exemptions(List.of(), Set.of(), false, List.of(refusal), List.of(), 0);
    assertEquals(
        EFFECTIVE,
        DateSetting.date(
                rule,
                ONE,
                memory.history(),
                situation(
                    DEVICE, refused, Stop.NONE, PolicyAge.CURRENT, TimeView.certain(EFFECTIVE)))
            .at());
    var late = recollected(ANNOUNCE, Duration.ZERO);
    late.requested(asked.plusSeconds(1));
    assertEquals(EFFECTIVE, DateSetting.date(rule, ONE, late.history(), at(EFFECTIVE)).at());
  }

  @Test
  void after_an_exemption_everybody_is_told_anew() {
    var memory = recollected(ANNOUNCE, Duration.ZERO);
    memory.unspared();
    assertEquals(null, date(RULE, memory.history(), DEVICE).at());
  }

  @Test
  void putting_off_moves_the_date() {
    var date = date(RULE, recollected(ANNOUNCE, Duration.ofDays(1)).history(), DEVICE);
    assertEquals(EFFECTIVE.plus(Duration.ofDays(1)), date.at());
    assertEquals(SetBy.DEFERRAL, date.setBy());
  }

  private static DeviceFacts in(String zone) {
    return new DeviceFacts("d1", OperatingSystem.LINUX, ZoneId.of(zone), Set.of());
  }

  private static Instant effective(Rule rule, String zone) {
    return date(rule, told(ANNOUNCE), in(zone)).effective();
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
    var time = new TimeView(trusted, since, Duration.ZERO, Witness.SERVER, wall, stepped, null);
    return verdict(
        rule,
        told(ANNOUNCE),
        situation(DEVICE, Exemptions.NONE, Stop.NONE, PolicyAge.CURRENT, time));
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
                situation(
                    DEVICE,
                    Exemptions.NONE,
                    new Stop(false, Set.of(id), "pilot failed"),
                    PolicyAge.CURRENT,
                    TimeView.certain(now)),
                Hold.EXEMPTION_UNREADABLE,
                situation(
                    DEVICE,
                    new Exemptions(List.of(), Set.of(id), false),
                    Stop.NONE,
                    PolicyAge.CURRENT,
                    TimeView.certain(now)),
                Hold.POLICY_EXPIRED,
                situation(
                    DEVICE, Exemptions.NONE, Stop.NONE, PolicyAge.EXPIRED, TimeView.certain(now)))
            .entrySet()) {
      var held =
          assertInstanceOf(Verdict.Held.class, verdict(RULE, told(ANNOUNCE), situation.getValue()));
      assertEquals(situation.getKey(), held.hold());
    }
  }

  @Test
  void exemptions_that_cannot_be_read_at_all_hold_every_rule() {
    var unreadable = new Exemptions(List.of(), Set.of(), true);
    var situation =
        situation(DEVICE, unreadable, Stop.NONE, PolicyAge.CURRENT, TimeView.certain(EFFECTIVE));
    var verdict = verdict(RULE, told(ANNOUNCE), situation);
    assertEquals(Hold.EXEMPTION_UNREADABLE, assertInstanceOf(Verdict.Held.class, verdict).hold());
  }

  @Test
  void a_stale_policy_is_enforced_all_the_same() {
    var stale =
        situation(DEVICE, Exemptions.NONE, Stop.NONE, PolicyAge.STALE, TimeView.certain(EFFECTIVE));
    assertInstanceOf(Verdict.Due.class, verdict(RULE, told(ANNOUNCE), stale));
  }

  @Test
  void an_exemption_counts_until_its_end_and_for_its_rule() {
    var exemption =
        new Exemption("EX-1", RULE.id(), "d1", EFFECTIVE.plusSeconds(60), "Li Na", "demo");
    var other = new Exemption("EX-2", new RuleId("other"), "d1", Instant.MAX, "Li Na", "demo");
    var exemptions = new Exemptions(List.of(other, exemption), Set.of(), false);
    var situation =
        situation(DEVICE, exemptions, Stop.NONE, PolicyAge.CURRENT, TimeView.certain(EFFECTIVE));
    assertEquals(new Verdict.Exempt(exemption), verdict(RULE, told(ANNOUNCE), situation));
    var after =
        situation(
            DEVICE,
            exemptions,
            Stop.NONE,
            PolicyAge.CURRENT,
            TimeView.certain(EFFECTIVE.plusSeconds(60)));
    assertInstanceOf(Verdict.Due.class, verdict(RULE, told(ANNOUNCE), after));
  }

  @Test
  void more_matches_than_the_signed_limit_hold_the_rule() {
    var many = new Sighting(21, true, Set.of("lin"));
    var verdict = Deciding.verdict(RULE, many, told(ANNOUNCE), at(EFFECTIVE));
    assertEquals(Hold.TOO_MANY_MATCHES, assertInstanceOf(Verdict.Held.class, verdict).hold());
  }

  @Test
  void weak_evidence_alone_never_removes() {
    var weak = new Sighting(1, false, Set.of("lin"));
    var verdict =
        Deciding.verdict(RULE, weak, heard(RULE, told(ANNOUNCE), at(EFFECTIVE)), at(EFFECTIVE));
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
      var date = date(rule, told(ANNOUNCE), device);
      assertEquals(date, date(rule, told(ANNOUNCE), device));
      pilots += "pilot".equals(date.ring()) ? 1 : 0;
    }
    assertEquals(200, pilots, 60);
  }

  @Test
  void the_corporate_network_is_known_by_a_key_that_answered_just_now() {
    var key = "ab".repeat(32);
    var rule =
        with(
            "\"limits\"",
            "\"scope\": {\"network\": \"corporate\", \"corporate\": [{\"host\":"
                + " \"intranet.example.com\", \"port\": 443, \"key\": \"sha256:"
                + key
                + "\"}]}, \"limits\"");
    for (var marks : List.of(Set.<String>of(), Set.of("cd".repeat(32)))) {
      var elsewhere =
          new Situation(
              DEVICE,
              Exemptions.NONE,
              Stop.NONE,
              PolicyAge.CURRENT,
              TimeView.certain(EFFECTIVE),
              marks);
      assertEquals(
          new Verdict.OutOfScope(Verdict.Outside.OTHER_NETWORK),
          verdict(rule, told(ANNOUNCE), elsewhere));
    }
    var there =
        new Situation(
            DEVICE,
            Exemptions.NONE,
            Stop.NONE,
            PolicyAge.CURRENT,
            TimeView.certain(EFFECTIVE),
            Set.of(key));
    assertInstanceOf(Verdict.Due.class, verdict(rule, told(ANNOUNCE), there));
  }

  /// Whatever is remembered and whatever time it is: due means that everybody was told or given up,
  /// and that the minimum notice, the rule's date and the last call have passed.
  @Test
  void never_due_before_the_devices_own_fair_date() {
    var random = new Random(20260710);
    for (var i = 0; i < 20_000; i++) {
      var now = ANNOUNCE.plusSeconds(random.nextInt(20 * 86_400));
      var memory = new Recollection();
      Instant last = ANNOUNCE;
      var people = Set.of("lin", "wei");
      var untold = false;
      Instant called = null;
      for (var person : people) {
        var told = ANNOUNCE.plusSeconds(random.nextInt(20 * 86_400));
        switch (random.nextInt(3)) {
          case 0 -> untold = true;
          case 1 -> memory.gaveUp(person, told);
          default ->
              memory.told(
                  person, told, NoticePhase.ANNOUNCED, told, ToldOutcome.SHOWN, Duration.ZERO);
        }
        last = told.isAfter(last) ? told : last;
      }
      var deferred = Duration.ofHours(random.nextInt(3) * 12L);
      memory.putOff(deferred);
      var sighting = new Sighting(2, true, people);
      var date = DateSetting.date(RULE, sighting, memory.history(), at(now)).at();
      if (date != null && random.nextBoolean()) {
        called = date.minusSeconds(3600).plusSeconds(random.nextInt(2 * 86_400));
        for (var person : people) {
          memory.told(
              person, called, NoticePhase.LAST_HOUR, date, ToldOutcome.SHOWN, Duration.ZERO);
        }
      }
      if (Deciding.verdict(RULE, sighting, memory.history(), at(now)) instanceof Verdict.Due) {
        var earliest = last.plus(Duration.ofHours(24)).plus(deferred);
        var story = "seed 20260710, life " + i + ": now " + now + ", told " + last;
        assertFalse(untold || now.isBefore(earliest) || now.isBefore(EFFECTIVE), story);
        assertFalse(called == null || now.isBefore(called.plus(Deciding.LAST_CALL)), story);
      }
    }
  }
}
