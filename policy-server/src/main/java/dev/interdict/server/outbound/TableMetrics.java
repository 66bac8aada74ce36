package dev.interdict.server.outbound;

import dev.interdict.server.audit.Audit;
import dev.interdict.server.audit.Verification;
import dev.interdict.server.metrics.Exposition;
import dev.interdict.server.metrics.Histogram;
import dev.interdict.server.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// What must be looked up in tables. Each look is kept for a minute, the one along the audit log
/// for an hour, however often somebody asks. Thread-safe.
final class TableMetrics {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  /// From a quarter of an hour to the seven days after which a device is silent, in seconds.
  private static final double[] AGES = {900, 3_600, 14_400, 86_400, 259_200, 604_800};

  /// From an hour to a week, in seconds.
  private static final double[] DECISIONS = {3_600, 14_400, 28_800, 86_400, 259_200, 604_800};

  private final Database database;
  private final InstantSource clock;
  private final Kept<Contact> contacts;
  private final Kept<List<Case>> cases;
  private final Kept<Histogram.Snapshot> decisions;
  private final Kept<Boolean> chain;

  TableMetrics(Database database, Audit audit, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    contacts = new Kept<>(MINUTE, this::lookAtContacts);
    cases = new Kept<>(MINUTE, this::lookAtCases);
    decisions = new Kept<>(MINUTE, this::lookAtDecisions);
    chain = new Kept<>(HOUR, () -> audit.verify() instanceof Verification.Intact);
  }

  private record Contact(Histogram.Snapshot ages, long behind) {}

  private record Case(String rule, String status, long n) {}

  void write(Exposition out) {
    var seen = contacts.get();
    out.family(
        "interdict_policy_lag_devices",
        "gauge",
        "Workstations that can be scanned and told of no or an older blocklist than the published"
            + " one.");
    out.sample("interdict_policy_lag_devices", seen.behind());
    out.family(
        "interdict_agent_report_age_seconds", "histogram", "Since workstations were heard of.");
    out.histogram("interdict_agent_report_age_seconds", seen.ages());
    out.family("interdict_exemptions", "gauge", "Cases of exemptions by rule and state.");
    for (var one : cases.get()) {
      out.sample("interdict_exemptions", one.n(), "rule", one.rule(), "status", one.status());
    }
    out.family(
        "interdict_exemption_decision_seconds",
        "histogram",
        "From the first step of a case of an exemption to its decision.");
    out.histogram("interdict_exemption_decision_seconds", decisions.get());
    out.family(
        "interdict_audit_chain_ok",
        "gauge",
        "1 where the chain of the audit log held when it was followed last, within the hour.");
    out.sample("interdict_audit_chain_ok", chain.get() ? 1 : 0);
  }

  /// One pass over the devices.
  private Contact lookAtContacts() {
    var now = clock.millis();
    return database.read(handle ->
        handle
            .createQuery(
                "select "
                    + cumulative("last_contact >= :now - ", AGES)
                    + ", count(*) as n, coalesce(sum(:now - last_contact), 0) as total,"
                    + " coalesce(sum(case when supported = 1 and coalesce(policy_serial, 0) <"
                    + " (select coalesce(max(serial), 0) from publication where shown_at is not"
                    + " null) then 1 else 0 end), 0) as behind from device where standing ="
                    + " 'active'")
            .bind("now", now)
            .map((row, _) -> new Contact(snapshot(row, AGES), row.getLong("behind")))
            .one());
  }

  private Histogram.Snapshot lookAtDecisions() {
    return database.read(handle ->
        handle
            .createQuery(
                "select "
                    + cumulative("decided_at - opened_at <= ", DECISIONS)
                    + ", count(*) as n, coalesce(sum(decided_at - opened_at), 0) as total from"
                    + " exemption where decided_at is not null")
            .map((row, _) -> snapshot(row, DECISIONS))
            .one());
  }

  private static String cumulative(String condition, double[] bounds) {
    var columns = new StringBuilder();
    for (var i = 0; i < bounds.length; i++) {
      columns.append(i == 0 ? "" : ", ");
      columns.append("coalesce(sum(case when ").append(condition);
      columns.append((long) (bounds[i] * 1_000)).append(" then 1 else 0 end), 0) as b").append(i);
    }
    return columns.toString();
  }

  private static Histogram.Snapshot snapshot(ResultSet row, double[] bounds) throws SQLException {
    var counts = new long[bounds.length + 1];
    for (var i = 0; i < bounds.length; i++) {
      counts[i] = row.getLong("b" + i);
    }
    counts[bounds.length] = row.getLong("n");
    return new Histogram.Snapshot(bounds, counts, row.getLong("total") / 1_000.0);
  }

  private List<Case> lookAtCases() {
    return database.read(handle ->
        handle
            .createQuery(
                "select rule_id, state, count(*) as n from exemption group by rule_id, state order"
                    + " by rule_id, state")
            .map((row, _) ->
                new Case(row.getString("rule_id"), row.getString("state"), row.getLong("n")))
            .list());
  }
}
