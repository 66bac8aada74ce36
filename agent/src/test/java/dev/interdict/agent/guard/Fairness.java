package dev.interdict.agent.guard;

import dev.interdict.agent.notice.Matter;
import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.Phase;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleId;
import dev.interdict.policy.Timeline;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What people were promised, held against what really happened on one device. Knows nothing of how
/// the agent decides: it hears of receipts, answers and enforcement, and reckons by itself.
public final class Fairness {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration PATIENCE = Duration.ofHours(72);
  private static final LocalTime WORK_OPENS = LocalTime.of(9, 30);
  private static final LocalTime WORK_CLOSES = LocalTime.of(17, 30);
  private static final LocalTime DAY_OPENS = LocalTime.of(10, 0);
  private static final LocalTime DAY_CLOSES = LocalTime.of(20, 0);

  /// Last call of an hour, and the coarse looks of a simulated device, twice.
  private static final Duration DODGED = Duration.ofHours(4);

  /// Longer than the pause after a session that asked not to be disturbed.
  private static final Duration PAUSE = Duration.ofMinutes(16);

  /// The moment of something.
  ///
  /// @param trusted as the agent's clock has it
  /// @param wall as the computer's own clock shows it
  /// @param tampered whether that was ever set
  /// @param silent uptime since an honest server last confirmed the time
  /// @param lead by how much server and wall clock together may have brought trusted time forward
  public record Now(
      Instant real,
      Instant trusted,
      Instant wall,
      boolean tampered,
      ZoneId zone,
      Duration awake,
      Duration silent,
      Duration lead) {}

  /// What happened is told within a week or not any more.
  private static final Duration OWED_FOR = Duration.ofDays(6);

  private static final int MOST_LOOKS = 3000;

  /// @param end the moment that it named
  private record Call(Now at, boolean shown, @Nullable Instant end) {}

  /// What one person was told since a date was set or an exemption ended.
  private static final class Told {
    @Nullable Now shown;
    @Nullable Now tried;
    @Nullable Now gaveUp;
    @Nullable Now wanted;
    @Nullable Instant promised;
    final List<Call> calls = new ArrayList<>();
    final List<Instant> shownAt = new ArrayList<>();
    final List<Instant> askedFor = new ArrayList<>();
    final Map<Instant, Integer> lastHour = new HashMap<>();
  }

  /// One date of a rule.
  private static final class Term {
    Rule rule;
    final Map<String, Told> people = new HashMap<>();
    final Set<String> consents = new HashSet<>();
    int putOff;
    Duration late = Duration.ZERO;
    @Nullable Now lastPutOff;
    @Nullable Instant promised;
    @Nullable Instant requested;
    @Nullable Instant waits;
    @Nullable Now overdue;
    boolean spared;

    Term(Rule rule) {
      this.rule = rule;
    }

    Told of(String person) {
      return people.computeIfAbsent(person, _ -> new Told());
    }
  }

  private final Map<RuleId, Term> terms = new HashMap<>();
  private final Map<RuleId, Set<String>> toldEver = new HashMap<>();
  private final Map<RuleId, Set<String>> owedEnd = new HashMap<>();
  private final Map<RuleId, Now> ended = new HashMap<>();
  private final Set<RuleId> removed = new HashSet<>();
  private final Map<String, Instant> lastNotice = new HashMap<>();
  private final Map<String, Now> there = new HashMap<>();
  private final Map<String, Now> atWork = new HashMap<>();
  private final List<Jump> jumps = new ArrayList<>();
  final Map<String, Integer> met = new TreeMap<>();
  private final Set<String> wrong = new java.util.LinkedHashSet<>();

  private record Jump(Instant real, Duration by) {}

  /// What was not as promised.
  public Set<String> wrong() {
    return wrong;
  }

  public void met(String what) {
    met.merge(what, 1, Integer::sum);
  }

  private void hold(boolean kept, Now now, String promise) {
    if (!kept) {
      wrong.add(promise + " [at " + now.real() + "]");
    }
  }

  /// Trusted time was corrected forward: what was told before may lie that much later in truth.
  public void corrected(Now now, Duration by) {
    jumps.add(new Jump(now.real(), by));
  }

  /// A rule as the device knows it from now on.
  public void rule(Rule rule) {
    var known = terms.get(rule.id());
    if (known == null || !known.rule.timeline().term().equals(rule.timeline().term())) {
      var term = new Term(rule);
      term.spared = known != null && known.spared;
      terms.put(rule.id(), term);
    } else {
      known.rule = rule;
    }
    owedEnd.remove(rule.id());
  }

  /// The rule is no more.
  public void withdrawn(RuleId rule, Now now) {
    terms.remove(rule);
    ended.put(rule, now);
    if (!removed.contains(rule)) {
      owedEnd.put(rule, new HashSet<>(toldEver.getOrDefault(rule, Set.of())));
    }
  }

  /// Whether an exemption holds at this look.
  public void exempt(RuleId rule, boolean exempt) {
    var term = terms.get(rule);
    if (term == null) {
      return;
    }
    if (term.spared && !exempt) {
      met("exemption ended");
      term.people.clear();
      term.consents.clear();
      term.requested = null;
      term.waits = null;
    }
    term.spared = exempt;
  }

  /// A notice was tried on somebody.
  ///
  /// @param asked whether a terminal asked for it
  public void told(Now now, Notice notice, boolean shown, boolean asked, Set<RuleId> held) {
    var person = notice.recipient().home().user();
    if (shown) {
      hold(
          asked || !now.real().equals(lastNotice.put(person, now.real())),
          now,
          "9: two notices to " + person + " at one moment");
    }
    for (var matter : notice.matters()) {
      var kind = kind(matter.phase());
      if (matter.phase() instanceof Phase.CalledOff && shown) {
        met("called off");
        owedEnd.getOrDefault(matter.rule(), Set.of()).remove(person);
      }
      var term = terms.get(matter.rule());
      if (kind == null || term == null) {
        continue;
      }
      hold(!held.contains(matter.rule()), now, "7: told of a date of what is held or exempt");
      told(now, term, person, kind, matter, shown, asked);
    }
  }

  private enum Kind {
    FIRST,
    REMINDER,
    DAY_BEFORE,
    LAST_HOUR
  }

  private static @Nullable Kind kind(Phase phase) {
    return switch (phase) {
      case Phase.Announced _ -> Kind.FIRST;
      case Phase.Reminder _ -> Kind.REMINDER;
      case Phase.DayBefore _ -> Kind.DAY_BEFORE;
      case Phase.LastHour _ -> Kind.LAST_HOUR;
      default -> null;
    };
  }

  private void told(
      Now now, Term term, String person, Kind kind, Matter matter, boolean shown, boolean asked) {
    var told = term.of(person);
    var at = spoken(matter.phase());
    if (kind == Kind.LAST_HOUR || at != null && !now.trusted().isBefore(at.minus(HOUR))) {
      told.calls.add(new Call(now, shown, at));
    }
    if (kind != Kind.LAST_HOUR && !asked) {
      hold(
          hours(now, term, told, kind),
          now,
          "3: " + kind + " to " + person + " outside of hours at " + now.wall().atZone(now.zone()));
      hold(
          told.promised == null || !now.trusted().isBefore(told.promised),
          now,
          "4: " + kind + " to " + person + " before the promised " + told.promised);
    }
    if (!shown) {
      told.tried = told.tried == null ? now : told.tried;
      return;
    }
    toldEver.computeIfAbsent(term.rule.id(), _ -> new HashSet<>()).add(person);
    told.shown = told.shown == null ? now : told.shown;
    count(now, told, person, kind, at);
    if (told.promised != null && !now.trusted().isBefore(told.promised)) {
      met("promised reminder");
      told.promised = null;
    }
  }

  private static @Nullable Instant spoken(Phase phase) {
    return switch (phase) {
      case Phase.Announced(var date) -> date.toInstant();
      case Phase.LastHour last -> last.date().toInstant();
      default -> null;
    };
  }

  private void count(Now now, Told told, String person, Kind kind, @Nullable Instant at) {
    met(kind.name());
    if (kind == Kind.LAST_HOUR && at != null) {
      var times = told.lastHour.merge(at, 1, Integer::sum);
      hold(times <= 3, now, "5: " + times + " notices of one end to " + person);
    } else if (kind != Kind.DAY_BEFORE && !now.tampered()) {
      told.shownAt.add(now.wall());
      // Whoever travels has the days of where they are.
      var day = now.wall().atZone(now.zone()).toLocalDate();
      var times = on(day, told.shownAt, now.zone());
      hold(
          times <= 1 + on(day, told.askedFor, now.zone()),
          now,
          "5: " + times + " notices to " + person + " on " + day);
    }
  }

  private static long on(LocalDate day, List<Instant> moments, ZoneId zone) {
    return moments.stream().filter(at -> at.atZone(zone).toLocalDate().equals(day)).count();
  }

  private boolean hours(Now now, Term term, Told told, Kind kind) {
    var promised = told.promised != null && !now.trusted().isBefore(told.promised);
    var inForce =
        kind == Kind.FIRST && !now.trusted().isBefore(effective(term.rule, now.zone()).minus(HOUR));
    var heldBack =
        told.wanted != null && now.awake().minus(told.wanted.awake()).compareTo(PATIENCE) >= 0;
    return promised
        || inForce
        || heldBack
        || open(kind, now.wall().atZone(now.zone()))
        || now.tampered() && open(kind, now.trusted().atZone(now.zone()));
  }

  private static boolean open(Kind kind, ZonedDateTime at) {
    var time = at.toLocalTime();
    return kind == Kind.DAY_BEFORE
        ? !time.isBefore(DAY_OPENS) && time.isBefore(DAY_CLOSES)
        : workday(at) && !time.isBefore(WORK_OPENS) && time.isBefore(WORK_CLOSES);
  }

  private static boolean workday(ZonedDateTime at) {
    return at.getDayOfWeek() != DayOfWeek.SATURDAY && at.getDayOfWeek() != DayOfWeek.SUNDAY;
  }

  private static Instant effective(Rule rule, ZoneId zone) {
    var timeline = rule.timeline();
    var rings = rule.scope().rings();
    if (!rings.isEmpty()) {
      // A life draws rings of everybody only.
      return rings.getFirst().at().atZone(timeline.zone()).toInstant();
    }
    var clock = timeline.clock() == Timeline.Clock.LOCAL ? zone : timeline.zone();
    return timeline.effective().atZone(clock).toInstant();
  }

  private Term term(RuleId rule) {
    return Objects.requireNonNull(terms.get(rule), () -> "nothing is known of " + rule);
  }

  public void remindPromised(Now now, RuleId rule, String person, Instant until) {
    var told = term(rule).of(person);
    told.promised = until;
    // By the clock that the person sees, as days are counted.
    told.askedFor.add(until.plus(Duration.between(now.trusted(), now.wall())));
    met("remind");
  }

  public void putOff(Now now, RuleId rule, Set<String> people, Instant until) {
    var term = term(rule);
    var before = latest(term, people, now);
    if (before != null && now.trusted().isAfter(before)) {
      term.late = term.late.plus(Duration.between(before, now.trusted()));
    }
    term.putOff++;
    term.lastPutOff = now;
    term.promised = until;
    hold(term.putOff <= term.rule.timeline().deferral().times(), now, "put off more than allowed");
    met("put off");
  }

  public void removeNow(RuleId rule, String person) {
    term(rule).consents.add(person);
    met("remove now");
  }

  public void requested(Now now, RuleId rule, @Nullable Instant waits) {
    var term = term(rule);
    term.requested = term.requested == null ? now.trusted() : term.requested;
    if (waits != null) {
      term.waits = waits;
      met("request holds");
    }
  }

  public void refused(RuleId rule) {
    var term = terms.get(rule);
    if (term != null) {
      term.waits = null;
      met("refused");
    }
  }

  /// Something was taken or blocked.
  ///
  /// @param owner in whose home it lay, or null
  /// @param people whom the rule concerned
  /// @param spared whether it was held, exempt or disputed
  public void enforced(
      Now now, RuleId rule, @Nullable String owner, Set<String> people, boolean spared) {
    var term = terms.get(rule);
    hold(term != null && !spared, now, "7: enforced what is held, exempt, disputed or withdrawn");
    if (term == null) {
      return;
    }
    met("removals");
    removed.add(rule);
    if (owner != null && term.consents.contains(owner)) {
      met("removals on request");
      return;
    }
    term.overdue = null;
    hold(
        term.rule.enforcement().compareTo(Enforcement.BLOCK) >= 0,
        now,
        "7: enforced what is only told");
    early(now, term, people);
    for (var person : people) {
      hold(called(now, term, person), now, "2: no last call to " + person);
      var named = named(term, person);
      hold(
          named == null || !now.trusted().isBefore(named),
          now,
          "2: before " + named + ", which the last call named to " + person);
    }
  }

  private void early(Now now, Term term, Set<String> people) {
    var notice = term.rule.timeline().minimumNotice();
    var putOff = term.rule.timeline().deferral().by().multipliedBy(term.putOff);
    for (var person : people) {
      var told = term.of(person);
      if (told.shown != null) {
        var kept = told.shown.trusted().plus(notice).plus(putOff);
        hold(!now.trusted().isBefore(kept), now, "1: minimum notice of " + person);
        var jumped = jumped(told.shown);
        if (jumped.isPositive()) {
          met("corrected after the notice");
        }
        hold(
            !now.real().plus(jumped).plus(now.lead()).isBefore(told.shown.real().plus(notice)),
            now,
            "1: minimum notice of " + person + " in real time");
      } else {
        met("removals unshown");
        var first = told.tried;
        hold(
            first != null
                && now.awake().minus(first.awake()).compareTo(DAY) >= 0
                && !now.trusted().isBefore(first.trusted().plus(DAY).plus(notice).plus(putOff)),
            now,
            "1: " + person + " was neither told nor tried for a day");
      }
    }
    var date = effective(term.rule, now.zone()).plus(putOff);
    if (term.promised != null && term.promised.isAfter(date)) {
      date = travels(term.rule) ? date : term.promised;
    }
    if (term.waits != null && term.waits.isAfter(date)) {
      date = travels(term.rule) ? date : term.waits;
    }
    if (now.silent().compareTo(PATIENCE) >= 0) {
      var by = term.rule.timeline().outOfContact();
      var come =
          by == Timeline.OutOfContact.ENFORCE
              || by == Timeline.OutOfContact.WALL_CLOCK && !now.wall().isBefore(date);
      if (come && now.trusted().isBefore(date)) {
        met("removals out of contact");
      }
      hold(come || !now.trusted().isBefore(date), now, "1: before the date, out of contact");
    } else {
      hold(!now.trusted().isBefore(date), now, "1: before the date " + date);
      hold(
          !now.real().plus(now.lead()).isBefore(date),
          now,
          "1: before the date in real time " + date);
    }
  }

  private static boolean travels(Rule rule) {
    return rule.timeline().clock() == Timeline.Clock.LOCAL;
  }

  private Duration jumped(Now since) {
    return jumps.stream()
        .filter(jump -> !jump.real().isBefore(since.real()))
        .map(Jump::by)
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static boolean called(Now now, Term term, String person) {
    var notice = term.rule.timeline().minimumNotice();
    for (var call : term.of(person).calls) {
      var least = call.shown() ? Duration.ofMinutes(30) : Duration.ofMinutes(60);
      var before = least.compareTo(notice) < 0 ? least : notice;
      var fresh = term.lastPutOff == null || !call.at().real().isBefore(term.lastPutOff.real());
      if (fresh && !call.at().real().plus(before).isAfter(now.real())) {
        return true;
      }
    }
    return false;
  }

  /// The end that was last named to `person`, or null.
  private static @Nullable Instant named(Term term, String person) {
    return term.of(person).calls.reversed().stream()
        .filter(Call::shown)
        .findFirst()
        .map(Call::end)
        .orElse(null);
  }

  /// The date at the latest, or null while somebody is still to be told.
  private @Nullable Instant latest(Term term, Set<String> people, Now now) {
    var timeline = term.rule.timeline();
    var date = effective(term.rule, now.zone());
    for (var person : people) {
      var told = term.of(person);
      var from = told.shown != null ? told.shown : told.gaveUp;
      if (from == null) {
        return null;
      }
      // What was told while time lagged counts from when it really was.
      var ends = from.trusted().plus(jumped(from)).plus(timeline.minimumNotice());
      date = ends.isAfter(date) ? ends : date;
    }
    if (timeline.requestFreezes() && term.requested != null) {
      var until = term.requested.plus(Duration.ofDays(3));
      date = until.isAfter(date) ? until : date;
    }
    date = date.plus(timeline.deferral().by().multipliedBy(term.putOff)).plus(term.late);
    return term.promised != null && term.promised.isAfter(date) ? term.promised : date;
  }

  /// A look at the machine is over.
  ///
  /// @param people whom the rule concerns
  /// @param available who could be shown something now
  /// @param left whether something is left that nothing spares
  public void looked(
      Now now,
      RuleId rule,
      Set<String> people,
      Set<String> available,
      boolean waits,
      boolean left) {
    var term = terms.get(rule);
    if (term == null || !waits || now.trusted().isBefore(term.rule.timeline().announceAt())) {
      if (term != null) {
        term.overdue = null;
      }
      return;
    }
    for (var person : people) {
      var told = term.of(person);
      told.wanted = told.wanted == null ? now : told.wanted;
      if (told.shown == null
          && told.tried != null
          && told.gaveUp == null
          && now.awake().minus(told.tried.awake()).compareTo(DAY) >= 0) {
        told.gaveUp = now;
      }
      hold(
          told.shown != null
              || told.tried != null
              || now.awake().minus(told.wanted.awake()).compareTo(PATIENCE.plus(DODGED)) < 0,
          now,
          "8: nothing was tried on " + person);
      var since = there.get(person);
      var working = !now.tampered() && open(Kind.FIRST, now.wall().atZone(now.zone()));
      hold(
          told.shown != null
              || told.gaveUp != null
              || !working
              || !available.contains(person)
              || since == null
              || now.real().isBefore(since.real().plus(PAUSE)),
          now,
          "6: " + person + " is there and was not told");
    }
    var date = latest(term, people, now);
    if (!left || date == null || now.trusted().isBefore(date)) {
      term.overdue = null;
      return;
    }
    term.overdue = term.overdue == null ? now : term.overdue;
    hold(
        now.awake().minus(term.overdue.awake()).compareTo(DODGED) < 0,
        now,
        "8: not enforced by " + date);
  }

  /// Nothing makes a device look again and again.
  public void busy(Now now, int looks) {
    hold(looks < MOST_LOOKS, now, "8: a device that does nothing but look");
  }

  /// The machine was off or asleep: whoever was there is there anew.
  public void nobody() {
    there.clear();
    atWork.clear();
  }

  /// Who could be shown something at this look.
  public void present(Now now, Set<String> people) {
    since(there, now, people);
    since(atWork, now, working(now) ? people : Set.of());
    for (var owed : owedEnd.entrySet()) {
      var end = Objects.requireNonNull(ended.get(owed.getKey()));
      if (!now.real().isBefore(end.real().plus(OWED_FOR))) {
        continue;
      }
      var patient = now.trusted().isBefore(end.trusted().plus(PATIENCE));
      for (var person : owed.getValue()) {
        var since = patient ? atWork.get(person) : there.get(person);
        hold(
            since == null || now.real().isBefore(since.real().plus(PAUSE.multipliedBy(2))),
            now,
            "6: " + person + " was not told that " + owed.getKey() + " is called off");
      }
    }
  }

  private static void since(Map<String, Now> since, Now now, Set<String> people) {
    since.keySet().retainAll(people);
    people.forEach(person -> since.putIfAbsent(person, now));
  }

  /// Whether these are working hours by any clock that may be right.
  private static boolean working(Now now) {
    return open(Kind.FIRST, now.wall().atZone(now.zone()))
        && (!now.tampered() || open(Kind.FIRST, now.trusted().atZone(now.zone())));
  }
}
