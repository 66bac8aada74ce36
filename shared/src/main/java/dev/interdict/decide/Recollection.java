package dev.interdict.decide;

import dev.interdict.decide.PersonHistory.LastCall;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Folds what happened, in its order, into a [History]. Not thread-safe.
public final class Recollection {
  private final Map<String, PersonHistory> people = new HashMap<>();
  private final Set<String> consents = new HashSet<>();
  private final Set<String> disputed = new HashSet<>();
  private @Nullable Instant firstSeen;
  private @Nullable Instant requested;
  private int putOff;
  private Duration putOffBy = Duration.ZERO;

  /// It was found.
  public void seen(Instant at) {
    firstSeen = firstSeen == null ? at : firstSeen;
  }

  /// Telling `person` came to `outcome`.
  ///
  /// @param date the device's date that was spoken of
  /// @param awake the device's awake time then
  public void told(
      String person,
      Instant at,
      NoticePhase phase,
      @Nullable Instant date,
      ToldOutcome outcome,
      Duration awake) {
    var old = of(person);
    var shown = outcome == ToldOutcome.SHOWN;
    people.put(
        person,
        new PersonHistory(
            old.firstShown() == null && shown ? at : old.firstShown(),
            shown ? at : old.lastShown(),
            old.wanted() == null ? awake : old.wanted(),
            old.tried() == null && outcome.tried() ? awake : old.tried(),
            old.givenUp(),
            old.snoozedUntil(),
            date != null && isCall(phase, date, at)
                ? call(old.lastCall(), date, at, outcome)
                : old.lastCall()));
  }

  /// A first notice within the last hour says what a last call says.
  private static boolean isCall(NoticePhase phase, Instant date, Instant at) {
    return phase == NoticePhase.LAST_HOUR
        || phase == NoticePhase.ANNOUNCED && !at.isBefore(date.minus(Telling.HOUR));
  }

  private static @Nullable LastCall call(
      @Nullable LastCall old, Instant date, Instant at, ToldOutcome outcome) {
    var same = old != null && old.date().equals(date) ? old : new LastCall(date, null, null);
    return switch (outcome) {
      case SHOWN -> same.shown() != null ? same : new LastCall(date, at, same.tried());
      case HELD_BACK -> old;
      case NO_SESSION, DO_NOT_DISTURB, REFUSED, FAILED ->
          same.tried() != null ? same : new LastCall(date, same.shown(), at);
    };
  }

  /// `person` counts as told, since nothing could be shown.
  public void gaveUp(String person, Instant at) {
    var old = of(person);
    people.put(
        person,
        new PersonHistory(
            old.firstShown(),
            old.lastShown(),
            old.wanted(),
            old.tried(),
            old.givenUp() == null ? at : old.givenUp(),
            old.snoozedUntil(),
            old.lastCall()));
  }

  /// `person` wants the next reminder at `until`.
  public void snoozed(String person, Instant until) {
    var old = of(person);
    people.put(
        person,
        new PersonHistory(
            old.firstShown(),
            old.lastShown(),
            old.wanted(),
            old.tried(),
            old.givenUp(),
            until,
            old.lastCall()));
  }

  /// The removal was put off.
  public void putOff(Duration by) {
    putOff++;
    putOffBy = putOffBy.plus(by);
  }

  /// Somebody asked for an exemption.
  public void requested(Instant at) {
    requested = requested == null ? at : requested;
  }

  /// `person` wants theirs removed now.
  public void consented(String person) {
    consents.add(person);
  }

  /// Somebody said of the finding `key` that it is not that tool.
  public void disputed(String key) {
    disputed.add(key);
  }

  /// Nothing of it is left: what was wanted is done, and is not wanted of what comes later.
  public void gone() {
    consents.clear();
  }

  /// An exemption has ended: people are told anew, and a new minimum notice runs.
  public void unspared() {
    people.clear();
    consents.clear();
    requested = null;
  }

  /// What people were told and answered since some time is not known: they are told anew, and the
  /// date waits as long as they can have put it off.
  ///
  /// @param by how long that is in all
  public void forgot(Duration by) {
    unspared();
    putOffBy = putOffBy.compareTo(by) < 0 ? by : putOffBy;
  }

  /// What held the rule is gone: a last call from before it warns nobody of what follows now.
  public void released() {
    people.replaceAll((_, old) ->
        new PersonHistory(
            old.firstShown(),
            old.lastShown(),
            old.wanted(),
            old.tried(),
            old.givenUp(),
            old.snoozedUntil(),
            null));
  }

  /// Time was corrected forward: whatever was told at `since` or later was told that much later,
  /// and a last call from then warned of another moment.
  public void leapt(Instant since, Duration by) {
    people.replaceAll((_, old) ->
        new PersonHistory(
            corrected(old.firstShown(), since, by),
            corrected(old.lastShown(), since, by),
            old.wanted(),
            old.tried(),
            corrected(old.givenUp(), since, by),
            old.snoozedUntil(),
            made(old.lastCall(), since) ? null : old.lastCall()));
  }

  private static @Nullable Instant corrected(@Nullable Instant at, Instant since, Duration by) {
    return at == null || at.isBefore(since) ? at : at.plus(by);
  }

  private static boolean made(@Nullable LastCall call, Instant since) {
    return call != null
        && (call.shown() != null && !call.shown().isBefore(since)
            || call.tried() != null && !call.tried().isBefore(since));
  }

  private PersonHistory of(String person) {
    return people.getOrDefault(person, PersonHistory.NONE);
  }

  /// What it comes to.
  public History history() {
    return new History(firstSeen, people, putOff, putOffBy, requested, consents, disputed);
  }
}
