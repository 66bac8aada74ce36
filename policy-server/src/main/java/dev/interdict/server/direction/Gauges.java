package dev.interdict.server.direction;

import dev.interdict.decide.DateSetting;
import dev.interdict.json.Json;
import dev.interdict.policy.Rule;
import dev.interdict.policy.Scope.Network;
import dev.interdict.policy.Timeline;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known of single members: under which condition a new value makes no device do more, nor
/// anything sooner. Each condition holds from one change to the next: what is safe in two steps is
/// safe in one.
///
/// @param before the rule in force; more than observed
/// @param next the rule that is to be; more than observed
/// @param held whether too many matches keep the rule from acting somewhere
record Gauges(Rule before, Rule next, boolean held) {
  private static final int PERCENT = 100;
  private static final Duration ALL_ZONES = Duration.ofHours(26);

  private static final Set<String> RING = Set.of("name", "percent", "at");

  /// The steps from one value of a member to another.
  @FunctionalInterface
  interface Gauge {
    List<Step> steps(@Nullable Json before, @Nullable Json next);
  }

  /// The gauge of a member, or null.
  @Nullable Gauge of(String path) {
    return switch (path) {
      case "enforcement" ->
          when(path, next.enforcement().compareTo(before.enforcement()) <= 0, "less", "HARDER");
      case "match" -> items(path, !held, "found no more", false, "found as well");
      case "keep" -> items(path, false, "no longer kept", true, "kept as well");
      case "replacement.identities" ->
          items(path, false, "no longer spared", !held, "spared as well");
      case "limits.max-items-per-device" ->
          when(
              path,
              next.maxItemsPerDevice() <= before.maxItemsPerDevice(),
              "held sooner",
              "more matches are allowed");
      case "timeline.announce" -> when(path, announcedNoLater(), "later, as the date", "notice");
      case "timeline.effective" ->
          when(
              path,
              notBefore(next.timeline().effective(), effective().plus(atStake())),
              "later",
              next.timeline().effective().isBefore(effective())
                  ? "EARLIER"
                  : "later, by LESS than may have been put off, which begins anew");
      case "timeline.minimum-notice" ->
          when(path, notLess(next.timeline().minimumNotice(), notice()), "longer", "SHORTER");
      case "timeline.reminders" ->
          when(path, remindsAsBefore(), "more reminders", "other reminders");
      case "timeline.defer.times" ->
          when(
              path,
              next.timeline().deferral().times() >= before.timeline().deferral().times(),
              "may be put off more often",
              "may be put off LESS often");
      case "timeline.defer.by" ->
          when(
              path,
              before.timeline().deferral().times() == 0
                  || notLess(next.timeline().deferral().by(), before.timeline().deferral().by()),
              "may be put off for longer",
              "may be put off for LESS");
      case "timeline.out-of-contact" ->
          when(
              path,
              patience(next.timeline()) >= patience(before.timeline()),
              "waits more",
              "waits LESS without contact");
      case "timeline.request-freezes" ->
          when(
              path,
              next.timeline().requestFreezes() || !before.timeline().requestFreezes(),
              "requests hold it",
              "requests hold it no more");
      case "scope.os" ->
          when(
              path,
              within(next.scope().systems(), before.scope().systems()),
              "fewer systems",
              "WIDER");
      case "scope.groups.include" ->
          when(
              path,
              within(next.scope().include(), before.scope().include()),
              "fewer groups",
              "WIDER");
      case "scope.groups.exclude" ->
          when(
              path,
              next.scope().exclude().containsAll(before.scope().exclude()),
              "more groups are spared",
              "WIDER");
      case "scope.network" ->
          when(
              path,
              next.scope().network() == Network.CORPORATE
                  || before.scope().network() == Network.ANY,
              "no more networks",
              "WIDER");
      case "scope.corporate" -> when(path, knownNoWider(), "fewer networks", "other networks");
      case "scope.rings" -> this::rings;
      default -> null;
    };
  }

  private static Gauge when(String path, boolean safer, String yes, String no) {
    return (old, now) -> {
      var words = Members.words(old, now);
      return List.of(
          safer ? Step.safer(path, words + ": " + yes) : Step.graver(path, words + ": " + no));
    };
  }

  /// A list of which each item counts by itself, whatever its place.
  private static Gauge items(
      String path, boolean goesSafely, String gone, boolean joinsSafely, String joined) {
    return (old, now) -> {
      var were = list(old);
      var are = list(now);
      var steps = new ArrayList<Step>();
      if (were == null || are == null) {
        return List.of(Step.graver(path, Members.words(old, now)));
      }
      for (var item : were) {
        if (!are.contains(item)) {
          var words = Members.word(item) + ": " + gone;
          steps.add(goesSafely ? Step.safer(path, words) : Step.graver(path, words));
        }
      }
      for (var item : are) {
        if (!were.contains(item)) {
          var words = Members.word(item) + ": " + joined;
          steps.add(joinsSafely ? Step.safer(path, words) : Step.graver(path, words));
        }
      }
      return steps;
    };
  }

  private static @Nullable List<Json> list(@Nullable Json json) {
    if (json == null) {
      return List.of();
    }
    return json instanceof Json.Arr(var items) ? items : null;
  }

  private LocalDateTime effective() {
    return before.timeline().effective();
  }

  /// With another date everybody is told anew, and what was put off or is frozen by a request ends:
  /// a date that goes by less than that could come sooner for whoever was promised more.
  private Duration atStake() {
    var timeline = before.timeline();
    var putOff = timeline.deferral().by().multipliedBy(timeline.deferral().times());
    return timeline.requestFreezes() ? putOff.plus(DateSetting.REQUEST_HOLDS) : putOff;
  }

  private Duration notice() {
    return before.timeline().minimumNotice();
  }

  private static boolean notBefore(LocalDateTime one, LocalDateTime other) {
    return !one.isBefore(other);
  }

  private static boolean notLess(Duration one, Duration other) {
    return one.compareTo(other) >= 0;
  }

  /// A later announcement is a shorter notice, unless the date goes as far; an earlier one may
  /// bring the date on where the minimum notice is what sets it.
  private boolean announcedNoLater() {
    var old = before.timeline();
    var now = next.timeline();
    return notBefore(now.announce(), old.announce())
        && notLess(
            Duration.between(now.announce(), now.effective()),
            Duration.between(old.announce(), old.effective()));
  }

  /// None stands for the usual ones, so that none and some cannot be compared.
  private boolean remindsAsBefore() {
    var old = before.timeline().reminders();
    var now = next.timeline().reminders();
    return old.isEmpty() ? now.isEmpty() : now.containsAll(old);
  }

  private static int patience(Timeline timeline) {
    return switch (timeline.outOfContact()) {
      case WAIT -> 2;
      case WALL_CLOCK -> 1;
      case ENFORCE -> 0;
    };
  }

  /// An empty set stands for everything.
  private static <T> boolean within(Set<T> narrow, Set<T> wide) {
    return wide.isEmpty() || !narrow.isEmpty() && wide.containsAll(narrow);
  }

  /// One known host is enough for a device to be in the network.
  private boolean knownNoWider() {
    return before.scope().network() == Network.ANY
        || new HashSet<>(before.scope().corporate()).containsAll(next.scope().corporate());
  }

  /// Every device keeps its place in the fleet, so each hundredth of it is compared by itself.
  private List<Step> rings(@Nullable Json old, @Nullable Json now) {
    var path = "scope.rings";
    var items = list(now);
    if (items == null
        || !items.stream()
            .allMatch(item ->
                item instanceof Json.Obj ring && RING.containsAll(ring.members().keySet()))) {
      return List.of(Step.graver(path, Members.words(old, now)));
    }
    for (var at = 0; at < PERCENT; at++) {
      if (isSooner(at)) {
        return List.of(
            Step.graver(path, Members.words(old, now) + ": EARLIER for part of the fleet"));
      }
    }
    return List.of(Step.safer(path, Members.words(old, now) + ": nobody sooner"));
  }

  /// A ring's date is one instant also where everybody else goes by the clock of their own zone, so
  /// that the two are only comparable when they are more than all zones apart.
  private boolean isSooner(int place) {
    var old = ringAt(before, place);
    var now = ringAt(next, place);
    var apart =
        next.timeline().clock() == Timeline.Clock.LOCAL && (old == null) != (now == null)
            ? ALL_ZONES
            : Duration.ZERO;
    var was = old == null ? effective() : old;
    return (now == null ? next.timeline().effective() : now).isBefore(was.plus(apart));
  }

  private static @Nullable LocalDateTime ringAt(Rule rule, int place) {
    var upTo = 0;
    for (var ring : rule.scope().rings()) {
      upTo += ring.percent();
      if (place < upTo) {
        return ring.at();
      }
    }
    return null;
  }
}
