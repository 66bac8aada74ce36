package dev.interdict.demo.fleet;

import dev.interdict.report.Presence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Turns a fate into the steps of a life. Pure.
final class Course {
  private static final Duration REMOVAL_TAKES = Duration.ofSeconds(4);

  private final Ban ban;

  Course(Ban ban) {
    this.ban = ban;
  }

  /// The device's steps in order of time; the first is due at once.
  ///
  /// @param joined when the device enrolled
  List<Step> of(Life life, Instant joined) {
    var date = ban.dateFor(joined);
    var told = new Step(joined, new Condition.Present(Presence.NOTIFIED, date, true));
    return switch (life.fate()) {
      case Fate.Clean() -> List.of(new Step(joined, new Condition.Clear()));
      case Fate.Leaves(var part) ->
          List.of(told, new Step(between(joined, date, part), new Condition.Removed(date, null)));
      case Fate.Obeys(var after) -> obeys(life, joined, date, after);
      case Fate.Fails(var after, var error) ->
          List.of(
              told,
              new Step(date.plus(after), new Condition.Removing(date, false)),
              new Step(date.plus(after).plus(REMOVAL_TAKES), new Condition.Failed(date, error)));
      case Fate.Exempt(var beyond) ->
          List.of(new Step(joined, new Condition.Exempt(ban.effective().plus(beyond))));
      case Fate.Silent() -> List.of(life.hasIt() ? told : new Step(joined, new Condition.Clear()));
      case Fate.Unsupported() -> List.of(new Step(joined, new Condition.Unsupported()));
      case Fate.PartlySeen(var source, var problem) ->
          List.of(new Step(joined, new Condition.PartlySeen(source, problem)));
    };
  }

  /// The steps of a device on which somebody installs the tool after the date.
  List<Step> relapse(Instant at) {
    var date = ban.dateFor(at);
    return List.of(
        new Step(at, new Condition.Present(Presence.NEW, null, false)),
        new Step(at.plusSeconds(2), new Condition.Present(Presence.NOTIFIED, date, true)),
        new Step(date, new Condition.Removing(date, true)),
        new Step(
            date.plus(REMOVAL_TAKES),
            new Condition.Removed(date, dev.interdict.report.ActionKind.QUARANTINED)));
  }

  private static List<Step> obeys(Life life, Instant joined, Instant date, Duration after) {
    var start = date.plus(after);
    var copy = life.copy();
    if (copy == null) {
      throw new IllegalArgumentException("nothing to remove on " + life.facts().id());
    }
    // Who is told at once sees it first as new: half of the fleet, so that both show.
    var first =
        life.running()
            ? new Condition.Present(Presence.NEW, null, false)
            : new Condition.Present(Presence.NOTIFIED, date, true);
    return List.of(
        new Step(joined, first),
        new Step(
            between(joined, date, 0.3),
            new Condition.Present(Presence.NOTIFIED, date, life.running())),
        new Step(start, new Condition.Removing(date, life.running())),
        new Step(start.plus(REMOVAL_TAKES), new Condition.Removed(date, copy.removal())));
  }

  private static Instant between(Instant from, Instant to, double part) {
    return from.plusMillis((long) (Duration.between(from, to).toMillis() * part));
  }
}
