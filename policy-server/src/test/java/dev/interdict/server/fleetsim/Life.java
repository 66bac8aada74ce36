package dev.interdict.server.fleetsim;

import dev.interdict.report.ActionKind;
import dev.interdict.report.ErrorClass;
import dev.interdict.report.Presence;
import dev.interdict.report.RuleState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What becomes of one machine under the ban, from the company's beginning on: the truth. Made anew
/// of the seed whenever it is asked for; pure.
final class Life {
  private static final List<ErrorClass> ERRORS =
      List.of(
          ErrorClass.FILE_IN_USE,
          ErrorClass.ACCESS_DENIED,
          ErrorClass.PACKAGE_MANAGER_ERROR,
          ErrorClass.TIMEOUT,
          ErrorClass.REAPPEARED);

  /// How people and agents differ where the tool is.
  private enum Fate {
    LEAVES,
    PUTS_OFF,
    OBEYS,
    FAILS,
    RELAPSES,
    IS_EXEMPT,
    DISPUTES
  }

  private static final int[] WEIGHTS = {30, 12, 40, 6, 4, 5, 3};

  private final Company company;
  private final Hours hours;
  private final int machine;
  private final List<Phase> phases = new ArrayList<>();

  private Life(Company company, Hours hours, int machine) {
    this.company = company;
    this.hours = hours;
    this.machine = machine;
  }

  static Life of(Company company, Hours hours, int machine) {
    var life = new Life(company, hours, machine);
    if (company.adopts(machine)) {
      life.adopts();
    } else {
      life.abstains();
    }
    return life;
  }

  /// How it stands at an instant after the company's beginning.
  Phase at(Instant when) {
    var now = phases.getFirst();
    for (var phase : phases) {
      if (!phase.from().isAfter(when)) {
        now = phase;
      }
    }
    return now;
  }

  /// What began after `since` and until `until`, both inclusive of the latter only.
  List<Phase> begun(Instant since, Instant until) {
    return phases.stream()
        .filter(phase -> phase.from().isAfter(since) && !phase.from().isAfter(until))
        .toList();
  }

  /// Whether the machine can be scanned at all.
  boolean supported() {
    return blindness() >= 6;
  }

  /// Whether a part of it is never seen.
  boolean partlySeen() {
    return !company.adopts(machine) && blindness() >= 6 && blindness() < 22;
  }

  /// Per mille; below 22 something is not seen.
  private int blindness() {
    return company.adopts(machine) ? 999 : company.draw().below(1000, machine, 40);
  }

  private void abstains() {
    var begins = company.begins();
    if (blindness() < 22) {
      phases.add(Phase.unseen(begins, company.draw().below(2, machine, 41) == 0));
      return;
    }
    phases.add(Phase.without(begins, RuleState.CLEAR, null));
    if (blindness() < 36) {
      var after = company.draw().below(Duration.ofDays(18).toMillis(), machine, 42);
      installs(begins.plusMillis(after));
    }
  }

  private void adopts() {
    var begins = company.begins();
    var shown = shown(begins);
    var date = company.ban().dateFor(shown);
    phases.add(Phase.present(begins, Presence.NEW, null));
    phases.add(Phase.present(shown, Presence.NOTIFIED, date));
    if (company.temper() == Temper.AT_ONCE) {
      removedAtOnce(date);
      return;
    }
    switch (Fate.values()[company.draw().weighted(WEIGHTS, machine, 43)]) {
      case LEAVES -> leaves(shown, date);
      case PUTS_OFF -> putsOff(shown, date);
      case OBEYS -> obeys(shown, date);
      case FAILS -> fails(date);
      case RELAPSES ->
          installs(removed(date).plus(part(Duration.ofDays(4), 44)).plus(Duration.ofHours(6)));
      case IS_EXEMPT -> isExempt(shown, date);
      case DISPUTES -> {
        var said = shown.plus(part(Duration.between(shown, date), 45));
        phases.add(Phase.present(said, Presence.NOTIFIED, date).answering("not-that-tool"));
        removed(date);
      }
    }
  }

  /// Somebody installs the tool, is told, and the agent removes it at the machine's date.
  private void installs(Instant at) {
    var when = hours.nextOn(machine, at);
    phases.add(Phase.present(when, Presence.NEW, null));
    var shown = shown(when);
    var date = company.ban().dateFor(shown);
    phases.add(Phase.present(shown, Presence.NOTIFIED, date));
    removed(date);
  }

  private void leaves(Instant shown, Instant date) {
    var gone = hours.nextOn(machine, shown.plus(part(Duration.between(shown, date), 46)));
    if (gone.isBefore(begins(date))) {
      phases.add(Phase.without(gone, RuleState.CLEAR, null));
    } else {
      removed(date);
    }
  }

  private void putsOff(Instant shown, Instant date) {
    var said = shown.plus(part(Duration.between(shown, date), 47));
    var later = date.plus(Duration.ofDays(1 + company.draw().below(2, machine, 48)));
    phases.add(Phase.present(said, Presence.PUT_OFF, later).answering("put-off"));
    removed(later);
  }

  private void obeys(Instant shown, Instant date) {
    if (company.draw().below(3, machine, 49) == 0) {
      var said = shown.plus(part(Duration.between(shown, date), 50));
      phases.add(Phase.present(said, Presence.SNOOZED, date).answering("remind"));
    }
    removed(date);
  }

  private void fails(Instant date) {
    var error = ERRORS.get(company.draw().below(ERRORS.size(), machine, 51));
    var begins = begins(date);
    phases.add(Phase.acting(begins, date, null));
    phases.add(Phase.acting(begins.plusSeconds(40), date, error));
    if (company.draw().below(2, machine, 52) == 0) {
      removed(begins.plus(Duration.ofHours(20)).plus(part(Duration.ofDays(2), 53)));
    }
  }

  private void isExempt(Instant shown, Instant date) {
    var asked = shown.plus(part(Duration.between(shown, date).dividedBy(2), 54));
    phases.add(Phase.present(asked, Presence.NOTIFIED, date).answering("exemption-request"));
    var granted = hours.nextOn(machine, asked.plus(part(Duration.between(asked, date), 55)));
    var until = company.ban().effective().plus(Duration.ofDays(30));
    phases.add(Phase.present(granted, Presence.NOTIFIED, date).exemptUntil(until));
  }

  /// The agent removes the tool at its date, or as soon as it runs then.
  private Instant removed(Instant date) {
    var begins = begins(date);
    var verified = begins.plus(Duration.ofSeconds(5)).plus(part(Duration.ofMinutes(3), 56));
    phases.add(Phase.acting(begins, date, null));
    phases.add(Phase.without(verified, RuleState.REMOVED, ActionKind.QUARANTINED));
    return verified;
  }

  /// The date wakes nobody: whatever contact comes first after it finds the tool and removes it.
  private void removedAtOnce(Instant date) {
    phases.add(Phase.acting(date, date, null));
    phases.add(Phase.without(date.plusMillis(1), RuleState.REMOVED, ActionKind.QUARANTINED));
  }

  private Instant begins(Instant date) {
    return hours.nextOn(machine, date).plus(part(Duration.ofMinutes(2), 57));
  }

  private Instant shown(Instant installed) {
    return hours
        .nextOn(machine, installed)
        .plus(Duration.ofMinutes(1))
        .plus(part(Duration.ofMinutes(25), 58));
  }

  private Duration part(Duration of, int question) {
    return Duration.ofMillis(company.draw().below(Math.max(1, of.toMillis()), machine, question));
  }
}
