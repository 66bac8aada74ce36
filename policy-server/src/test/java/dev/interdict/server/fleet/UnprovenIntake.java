package dev.interdict.server.fleet;

import dev.interdict.json.JsonException;
import dev.interdict.report.ReportJson;
import dev.interdict.report.ReportedRule;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.store.Database;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Takes reports as [Intake] does, but from anybody: no signature is looked at. Only here, among
/// the tests, so that what the proof costs can be measured; no setting of a server leads to it.
public final class UnprovenIntake {
  private final Function<Arrived, ReportOutcome> storing;

  public UnprovenIntake(Database database, Audit audit, InstantSource clock) {
    storing = database.together(new Storing(clock, new DeviceEvents(audit), Holdings.UNHEARD));
  }

  /// @param key the device's, which would have proved it, 64 hex digits
  public ReportOutcome accept(String key, byte[] body) {
    try {
      var report = ReportJson.read(body);
      var told =
          report.rules().stream().map(ReportedRule::rule).collect(Collectors.toUnmodifiableSet());
      return storing.apply(new Arrived(report, key, body, ReportJson.hash(body), told));
    } catch (JsonException e) {
      throw new IllegalArgumentException("the simulator wrote no report: " + e.getMessage(), e);
    }
  }
}
