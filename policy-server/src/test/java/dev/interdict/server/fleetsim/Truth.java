package dev.interdict.server.fleetsim;

import dev.interdict.report.ReportJson;
import dev.interdict.report.RuleState;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.compliance.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the simulator knows of every device, for holding the server's figures against: which report
/// was taken last and what it said, what was refused, and how the machines really are.
final class Truth implements Play.Heard {
  private static final Duration CLONED_FOR = Duration.ofDays(7);

  private final Company company;
  private final Hours hours;
  private final Map<Integer, Known> devices = new HashMap<>();
  private final Map<Integer, Instant> heard = new HashMap<>();

  /// What the server can know of one key.
  private static final class Known {
    private int machine;
    private @Nullable Instant told;
    private @Nullable Instant contact;
    private boolean doubted;
    private @Nullable Instant cloned;
    private final Map<Long, String> taken = new TreeMap<>();
  }

  Truth(Company company, Hours hours) {
    this.company = company;
    this.hours = hours;
  }

  @Override
  public void answer(int machine, Call call, Answer answer, Instant at) {
    var known = devices.computeIfAbsent(company.keyOf(machine), _ -> new Known());
    if (call.kind() == Call.Kind.ENROL) {
      known.contact = at;
      return;
    }
    if (call.kind() == Call.Kind.UNCHANGED) {
      if (answer.good()) {
        known.contact = at;
        heard.put(machine, at);
      }
      return;
    }
    heard.put(machine, at);
    if (answer.good()) {
      var report = read(call.body());
      var before = known.taken.put(report.sequence(), ReportJson.hash(call.body()));
      if (before != null) {
        throw new AssertionError("two reports of one number were taken from machine " + machine);
      }
      known.machine = machine;
      known.told = report.at();
      known.contact = at;
      // While two machines are taken to have the key, what one of them says of being clear is not.
      known.doubted = known.cloned != null && known.cloned.plus(CLONED_FOR).isAfter(at);
    } else if (answer.status() == 409) {
      known.doubted = true;
      known.cloned = answer.expected() == 0 ? at : known.cloned;
    }
  }

  /// Whoever has the machine's key has lied so that the server has to doubt the device.
  void doubts(int machine) {
    devices.computeIfAbsent(company.keyOf(machine), _ -> new Known()).doubted = true;
  }

  private static dev.interdict.report.Report read(byte[] body) {
    try {
      return ReportJson.read(body);
    } catch (dev.interdict.json.JsonException e) {
      throw new AssertionError("a machine composed a report that cannot be read", e);
    }
  }

  /// The devices that have enrolled.
  Set<Integer> enrolled() {
    return devices.keySet();
  }

  /// The hashes of the reports of a device that were acknowledged, by number.
  Map<Long, String> taken(int device) {
    return known(device).taken;
  }

  /// What a device has to count as at `now`.
  Status status(int device, Instant now) {
    var known = known(device);
    if (known.told == null || known.contact == null) {
      return Status.UNKNOWN;
    }
    var life = Life.of(company, hours, known.machine);
    var phase = life.at(known.told);
    var state = known.doubted && phase.state().claimsClear() ? RuleState.UNKNOWN : phase.state();
    return Status.of(
        false,
        life.supported(),
        known.contact,
        phase.exemptUntil(),
        state,
        now.minus(Compliance.SILENT_AFTER),
        now);
  }

  /// A machine with the device's key that has the tool and has spoken to the server since it came
  /// there; null if there is none. The server must never call such a device clean.
  @Nullable Integer having(int device, Instant now) {
    for (var machine = 0; machine < company.machines(); machine++) {
      var spoke = heard.get(machine);
      if (company.keyOf(machine) == device && spoke != null) {
        var life = Life.of(company, hours, machine);
        var phase = life.at(now);
        if (phase.has() && life.at(spoke).has()) {
          return machine;
        }
      }
    }
    return null;
  }

  private Known known(int device) {
    var known = devices.get(device);
    if (known == null) {
      throw new IllegalArgumentException("device " + device + " has not enrolled");
    }
    return known;
  }
}
