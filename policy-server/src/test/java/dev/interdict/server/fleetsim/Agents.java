package dev.interdict.server.fleetsim;

import dev.interdict.report.EnrolRequest;
import dev.interdict.report.Heartbeat;
import dev.interdict.report.ReportJson;
import dev.interdict.wire.Routes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the agents of all machines do when they are due, and after an answer. Different machines
/// may be played by different threads at once.
final class Agents {
  /// After a failure an agent waits up to this, then up to twice as long, and so on.
  private static final Duration FIRST_RETRY = Duration.ofMinutes(1);

  /// How long a machine that was refused leaves the server alone.
  private static final Duration REFUSED = Duration.ofHours(1);

  /// A whole report goes at least so often.
  private static final Duration WHOLE = Duration.ofHours(24);

  private final Company company;
  private final Hours hours;
  private final Keys keys;
  private final Roster roster;
  private final Wording wording;
  private final List<String> tokens;
  private final Coming coming;

  /// @param tokens the secrets by which machines enrol, one for each of the company's departments
  Agents(
      Company company, Hours hours, Keys keys, Roster roster, List<String> tokens, Coming coming) {
    this.coming = coming;
    this.company = company;
    this.hours = hours;
    this.keys = keys;
    this.roster = roster;
    this.wording = new Wording(company, hours);
    this.tokens = List.copyOf(tokens);
  }

  /// When the machine is first due: spread over the interval.
  Instant first(int machine, Instant from) {
    var part = company.draw().below(company.interval().toMillis(), machine, 30);
    return hours.nextOn(machine, from.plusMillis(part + 1));
  }

  /// What the machine asks of the server now; null if it is off, or does not get through.
  @Nullable Call turn(int machine, Instant now) {
    if (!hours.on(machine, now)) {
      return null;
    }
    if (!roster.enrolled(machine)) {
      return hours.reaches(now) ? enrol(machine, now) : null;
    }
    if (roster.composed(machine) == null) {
      roster.compose(machine, composing(machine, now));
    }
    return hours.reaches(now) ? report(machine, now) : null;
  }

  /// When the machine is due again, after it had nothing to ask.
  Instant idle(int machine, Instant now) {
    return hours.on(machine, now) ? failed(machine, now) : onAgain(machine, now);
  }

  /// When the machine is due again, after it was answered.
  ///
  /// @param answer null if there was none
  Instant answered(int machine, Call call, @Nullable Answer answer, Instant now) {
    if (answer == null) {
      return failed(machine, now);
    }
    if (answer.status() == 503 && coming instanceof Coming.AsAsked asked) {
      return now.plus(asked.next(answer.retryAfter(), chance(machine, now)));
    }
    if (answer.status() == 503) {
      var wait = Duration.ofSeconds(Math.max(1, answer.retryAfter()));
      return now.plus(wait).plus(part(wait, machine, now));
    }
    if (call.kind() == Call.Kind.ENROL) {
      if (!answer.good()) {
        return now.plus(REFUSED);
      }
      roster.enrol(machine);
      return now.plusSeconds(1);
    }
    if (call.kind() == Call.Kind.UNCHANGED) {
      return beaten(machine, call, answer, now);
    }
    if (answer.good()) {
      roster.take(machine, ReportJson.hash(call.body()));
    }
    var expected = answer.expected();
    if (expected > 0) {
      roster.goOnAt(machine, expected);
      return answer.good() ? nextCheckIn(machine, answer, now) : now.plusSeconds(2);
    }
    return answer.good() ? nextCheckIn(machine, answer, now) : now.plus(REFUSED);
  }

  private Instant beaten(int machine, Call call, Answer answer, Instant now) {
    if (answer.good()) {
      roster.beat(machine, call.at());
      return nextCheckIn(machine, answer, now);
    }
    roster.wantWhole(machine);
    return answer.status() == 412 ? now.plusMillis(1) : now.plus(REFUSED);
  }

  /// Makes `clone` the same as the machine whose key it has is now.
  void copy(int clone) {
    roster.copy(company.keyOf(clone), clone);
  }

  private Call enrol(int machine, Instant now) {
    var id = keys.id(machine);
    var token = tokens.get(company.department(machine));
    var body = new EnrolRequest(token, keys.hex(machine), null, company.facts(machine, id)).write();
    return call(machine, Call.Kind.ENROL, Routes.ENROL, 0, body, now);
  }

  private Call report(int machine, Instant now) {
    var link = link(machine);
    var hash = roster.hash(machine);
    if (hash == null || isTelling(machine, link)) {
      var body = ReportJson.write(wording.report(machine, link));
      return call(machine, Call.Kind.REPORT, Routes.REPORTS, link.sequence(), body, now);
    }
    var number = link.sequence() - 1;
    var last = roster.lastBeat(machine);
    var body = new Heartbeat(hash, last == null ? "" : Call.nonce(number, last)).write();
    return call(machine, Call.Kind.UNCHANGED, Routes.HEARTBEAT, number, body, now);
  }

  /// Whether a whole report is due, and not only a sign of life.
  private boolean isTelling(int machine, Wording.Link link) {
    return roster.wantsWhole(machine)
        || wording.changed(machine, link.since(), link.at())
        || !link.at().isBefore(link.since().plus(WHOLE));
  }

  private Wording.Link link(int machine) {
    var at = roster.composed(machine);
    if (at == null) {
      throw new IllegalStateException("machine " + machine + " has composed no report");
    }
    var told = roster.told(machine);
    var since = told == null ? company.begins().minusMillis(1) : told;
    // After a refusal a number may be left out; the chain then goes on from what was taken.
    var sequence = roster.next(machine);
    return new Wording.Link(
        keys.id(machine), sequence, roster.hash(machine), roster.taken(machine), since, at);
  }

  private Call call(
      int machine, Call.Kind kind, String path, long sequence, byte[] body, Instant now) {
    var id = keys.id(machine);
    var signed = coming.server(now);
    return Call.of(kind, path, sequence, body, id, now, signed, base -> keys.sign(machine, base));
  }

  /// Agents compose a report with every check-in, and keep those that did not get through: they
  /// come one after the other once the server is there again.
  private Instant composing(int machine, Instant now) {
    var checked = roster.checked(machine);
    if (checked != null) {
      var missed = checked.plus(company.interval());
      if (missed.isBefore(now) && !hours.reaches(missed) && hours.on(machine, missed)) {
        return missed;
      }
    }
    return now;
  }

  private Instant nextCheckIn(int machine, Answer answer, Instant now) {
    if (coming instanceof Coming.AsAsked asked) {
      return now.plus(asked.next(answer.nextContact(), chance(machine, now)));
    }
    if (roster.checked(machine) != null && !composing(machine, now).equals(now)) {
      return now;
    }
    var interval = company.interval();
    var next =
        now.plus(interval.multipliedBy(9).dividedBy(10))
            .plus(part(interval.dividedBy(5), machine, now));
    return hours.on(machine, next) ? next : onAgain(machine, next);
  }

  /// Machines that are switched on do not all call in the same moment.
  private Instant onAgain(int machine, Instant from) {
    // An agent that starts tells everything once.
    roster.wantWhole(machine);
    var on = hours.nextOn(machine, from);
    return on.plus(part(Duration.ofMinutes(2), machine, on));
  }

  /// Exponential, fully jittered, up to the interval.
  private Instant failed(int machine, Instant now) {
    if (coming instanceof Coming.AsAsked asked) {
      // That nobody was there is told too, once somebody is.
      roster.wantWhole(machine);
      return now.plus(asked.next(0, 0));
    }
    var doublings = Math.min(10, roster.failed(machine) - 1);
    var most = FIRST_RETRY.multipliedBy(1L << doublings);
    var bounded = most.compareTo(company.interval()) > 0 ? company.interval() : most;
    return now.plusSeconds(1).plus(part(bounded, machine, now));
  }

  private double chance(int machine, Instant at) {
    return part(Duration.ofSeconds(1), machine, at).toMillis() / 1000.0;
  }

  private Duration part(Duration of, int machine, Instant at) {
    var draw =
        company.draw().below(Math.max(1, of.toMillis()), machine + at.toEpochMilli() * 31, 31);
    return Duration.ofMillis(draw);
  }
}
