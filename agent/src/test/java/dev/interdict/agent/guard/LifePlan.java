package dev.interdict.agent.guard;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.notice.Receipt;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Exemption;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleFixtures;
import dev.interdict.policy.RuleId;
import dev.interdict.policy.Scope;
import dev.interdict.policy.Stop;
import dev.interdict.policy.Timeline;
import dev.interdict.policy.Timeline.Clock;
import dev.interdict.policy.Timeline.Deferral;
import dev.interdict.policy.Timeline.OutOfContact;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a seed draws: a place, people and their hours, a machine and how it is used, a server, one
/// or two rules, and what comes in between.
public final class LifePlan {
  private static final Rule CODE = rule("tool-one");
  private static final Rule OTHER = rule("tool-two");
  private static final List<String> ZONES =
      List.of(
          "Asia/Shanghai",
          "Europe/Berlin",
          "America/New_York",
          "Asia/Kolkata",
          "Australia/Adelaide",
          "Asia/Kathmandu",
          "America/St_Johns",
          "UTC");

  /// How the machine is at a moment.
  public enum Power {
    ON,
    ASLEEP,
    OFF
  }

  private enum Use {
    ALWAYS_ON,
    ASLEEP_UNUSED,
    OFF_UNUSED
  }

  /// Somebody who works here.
  ///
  /// @param from minute of the day at which they come
  /// @param minutes for which they stay
  /// @param never whether they never log in
  /// @param killed whether their helper is always killed
  /// @param terminal whether they have terminals only
  /// @param busy share of their hours in which they ask not to be disturbed, in percent
  public record Person(
      Home home,
      int from,
      int minutes,
      boolean weekends,
      Span leave,
      boolean never,
      boolean killed,
      boolean terminal,
      int busy) {}

  /// From one moment to another.
  public record Span(Instant from, Instant to) {
    static final Span NONE = new Span(Instant.EPOCH, Instant.EPOCH);

    boolean has(Instant at) {
      return !at.isBefore(from) && at.isBefore(to);
    }
  }

  final Instant begin;
  final Instant end;
  public final ZoneId zone;
  final List<Rule> rules = new ArrayList<>();
  public final List<Person> people = new ArrayList<>();
  private final List<Home> homes;
  private final Random random;
  private final Use use;
  private final Span outage;
  private final Span powerCut;
  private final Span lying;
  private final Duration lie;
  private final Instant effective;

  LifePlan(Random random) {
    this(random, null);
  }

  /// Around changes of daylight saving time, and in between.
  public static LocalDate day(Random random) {
    var some = List.of("2026-03-10", "2026-03-20", "2026-07-03", "2026-10-15");
    return LocalDate.parse(some.get(random.nextInt(4))).plusDays(random.nextInt(7));
  }

  /// @param given when it begins; null for any day
  public LifePlan(Random random, @Nullable LocalDate given) {
    this.random = random;
    zone = zone();
    var day = given == null ? day(random) : given;
    begin = day.atTime(dice(24), dice(60)).atZone(zone).toInstant();
    var timeline = timeline(day);
    effective = timeline.effectiveAt(zone);
    end = effective.plus(Duration.ofDays(12));
    rules.add(with(CODE, timeline));
    if (one(4)) {
      rules.add(with(OTHER, one(2) ? timeline : timeline(day)));
    }
    use = Use.values()[dice(3)];
    for (var i = dice(3); i >= 0; i--) {
      people.add(person(i));
    }
    homes = people.stream().map(Person::home).toList();
    outage = one(3) ? span(begin, 20, 8) : Span.NONE;
    powerCut = one(4) ? new Span(around(), around().plus(Duration.ofHours(dice(60)))) : Span.NONE;
    lying = one(8) ? span(begin, 20, 10) : Span.NONE;
    lie = Duration.ofHours(2 + dice(400));
  }

  private static Rule rule(String id) {
    return RuleFixtures.rule(
        RuleFixtures.CLAUDE_CODE
            .replace("\"claude-code\"", "\"" + id + "\"")
            .replace("pkg:npm/%40anthropic-ai/claude-code", "pkg:npm/" + id)
            .replace("Anthropic.claude-code", id + ".x")
            .replace(".local/share/claude/versions/*", ".local/share/" + id + "/*"));
  }

  private int dice(int sides) {
    return random.nextInt(sides);
  }

  private boolean one(int in) {
    return random.nextInt(in) == 0;
  }

  private ZoneId zone() {
    return ZoneId.of(ZONES.get(dice(ZONES.size())));
  }

  private Instant around() {
    return effective.minus(Duration.ofHours(4)).plus(Duration.ofMinutes(dice(480)));
  }

  private Span span(Instant after, int days, int longest) {
    var from = after.plus(Duration.ofHours(dice(days * 24)));
    return new Span(from, from.plus(Duration.ofHours(1 + dice(longest * 24))));
  }

  private Timeline timeline(LocalDate day) {
    var announce = day.plusDays(dice(4)).atTime(9, 0);
    var date = announce.toLocalDate().plusDays(1 + dice(14));
    var at =
        switch (dice(4)) {
          case 0 -> date.atTime(LocalTime.MIDNIGHT);
          case 1 -> date.atTime(10, 0);
          case 2 -> date.with(TemporalAdjusters.nextOrSame(DayOfWeek.FRIDAY)).atTime(18, 0);
          default -> date.atTime(2, 30);
        };
    return timeline(announce, at);
  }

  private Timeline timeline(LocalDateTime announce, LocalDateTime at) {
    return new Timeline(
        announce,
        at,
        one(3) ? zone() : zone,
        one(3) ? Clock.LOCAL : Clock.INSTANT,
        Duration.parse(List.of("PT0S", "PT10M", "PT1H", "PT24H", "P2D", "P5D").get(dice(6))),
        one(2) ? List.of() : List.of(Duration.ofDays(5), Duration.ofDays(2)),
        new Deferral(dice(4), one(2) ? Duration.ofHours(4) : Duration.ofDays(1)),
        OutOfContact.values()[dice(3)],
        one(2));
  }

  private Rule with(Rule rule, Timeline timeline) {
    var acts =
        List.of(Enforcement.REMOVE, Enforcement.REMOVE, Enforcement.BLOCK, Enforcement.NOTIFY);
    var early = timeline.effective().minusDays(dice(3));
    var ring =
        new Scope.Ring(
            "all", 100, early.isAfter(timeline.announce()) ? early : timeline.effective());
    var scope =
        new Scope(
            Set.of(),
            Set.of(),
            Set.of(),
            Scope.Network.ANY,
            List.of(),
            one(5) ? List.of(ring) : List.of());
    return new Rule(
        rule.id(), rule.tool(), rule.match(), acts.get(dice(4)), timeline, scope, 20, rule.keep());
  }

  private Person person(int number) {
    var night = one(12);
    return new Person(
        new Home("user" + number, 1000 + number, BytePath.parse("/home/user" + number)),
        night ? 21 * 60 + dice(120) : 7 * 60 + dice(240),
        300 + dice(300),
        one(6),
        one(5) ? span(begin, 15, 12) : Span.NONE,
        one(12),
        one(15),
        one(8),
        one(3) ? dice(60) : 0);
  }

  public List<Home> homes() {
    return homes;
  }

  public Person person(Home home) {
    return people.stream().filter(person -> person.home().equals(home)).findFirst().orElseThrow();
  }

  public boolean there(Person person, Instant at, ZoneId zone) {
    if (person.never() || person.leave().has(at)) {
      return false;
    }
    var local = at.atZone(zone);
    var minute = local.getHour() * 60 + local.getMinute();
    var since = (minute - person.from() + 1440) % 1440;
    var day = since <= minute ? local.toLocalDate() : local.toLocalDate().minusDays(1);
    return since < person.minutes() && (person.weekends() || day.getDayOfWeek().getValue() <= 5);
  }

  public Receipt receipt(Person person, boolean urgent, Instant at, ZoneId zone) {
    if (!there(person, at, zone) || person.terminal()) {
      return new Receipt.NoSession();
    }
    if (person.killed()) {
      return new Receipt.Failed(Receipt.Reason.TIME_LIMIT);
    }
    if (!urgent
        && Math.floorMod(at.getEpochSecond() / 3600 * 31 + person.from(), 100) < person.busy()) {
      return new Receipt.DoNotDisturb(Receipt.Wish.DND);
    }
    return new Receipt.Shown(Receipt.Channel.DESKTOP, at);
  }

  public Power power(Instant at, ZoneId zone) {
    if (powerCut.has(at)) {
      return Power.OFF;
    }
    if (use == Use.ALWAYS_ON || people.stream().anyMatch(person -> there(person, at, zone))) {
      return Power.ON;
    }
    // Somebody who never logs in still leaves the machine on now and then.
    var hour = at.getEpochSecond() / 3600 % 24;
    var left = people.stream().allMatch(Person::never) && hour < 9;
    return left ? Power.ON : use == Use.OFF_UNUSED ? Power.OFF : Power.ASLEEP;
  }

  boolean reachable(Instant at) {
    return !outage.has(at);
  }

  /// By how much the server's time is ahead of the real one.
  Duration serverAhead(Instant at) {
    return lying.has(at) ? lie : Duration.ZERO;
  }

  private Instant some(int days) {
    return begin.plus(Duration.ofMinutes(dice(days * 1440)));
  }

  /// Lets come what this life meets.
  void happenings(DeviceLife life) {
    for (var rule : rules) {
      var machine = one(4);
      var owner = machine ? null : homes.getFirst();
      life.at(
          one(3) ? some(20) : begin,
          "installed " + rule.id(),
          () -> life.install(owner, rule.id()));
      if (homes.size() > 1 && one(2)) {
        life.at(
            one(2) ? some(20) : around(),
            "second person installs",
            () -> {
              life.fairness.met("second person");
              life.install(homes.get(1), rule.id());
            });
      }
    }
    var id = rules.getFirst().id();
    if (one(5)) {
      var to = zone();
      life.at(some(15), "travels to " + to, () -> life.travel(to));
    }
    if (one(6)) {
      var by = Duration.ofHours(dice(2000) - 1000);
      life.at(some(15), "wall clock set by " + by, () -> life.setWall(by));
      if (one(2)) {
        life.at(some(25), "wall clock set right", () -> life.setWall(Duration.ZERO));
      }
    }
    if (one(5)) {
      var span =
          one(2) ? span(begin, 20, 6) : new Span(around(), around().plus(Duration.ofDays(2)));
      life.at(span.from(), "stopped", () -> life.stop(new Stop(true, Set.of(), "pilot")));
      life.at(span.to(), "stop lifted", () -> life.stop(Stop.NONE));
    }
    if (one(5)) {
      var until = span(begin, 20, 10);
      var exemption = new Exemption("EX-1", id, "d-1", until.to(), "Li Na", "migration");
      life.at(until.from(), "exempt until " + until.to(), () -> life.grant(List.of(exemption)));
    }
    changes(life, id);
  }

  private void changes(DeviceLife life, RuleId id) {
    if (one(8)) {
      life.at(some(20), "withdrawn", () -> life.publish(List.of()));
    } else if (one(8)) {
      var old = rules.getFirst();
      var timeline = old.timeline();
      var moved =
          new Timeline(
              timeline.announce(),
              timeline.effective().plusDays(1 + dice(6)),
              timeline.zone(),
              timeline.clock(),
              timeline.minimumNotice(),
              timeline.reminders(),
              timeline.deferral(),
              timeline.outOfContact(),
              timeline.requestFreezes());
      var changed =
          new Rule(
              id, old.tool(), old.match(), old.enforcement(), moved, Scope.ALL, 20, old.keep());
      var list = new ArrayList<>(rules);
      list.set(0, changed);
      life.at(some(14), "another date: " + moved.effective(), () -> life.publish(list));
    }
  }

  @Override
  public String toString() {
    return "%s from %s, %s; outage %s, power cut %s, lie %s of %s\npeople %s\nrules %s"
        .formatted(
            zone,
            begin,
            use,
            outage,
            powerCut,
            lying,
            lie,
            people,
            rules.stream()
                .map(rule ->
                    rule.id()
                        + " "
                        + rule.enforcement()
                        + " "
                        + rule.timeline()
                        + " "
                        + rule.scope().rings())
                .toList());
  }
}
