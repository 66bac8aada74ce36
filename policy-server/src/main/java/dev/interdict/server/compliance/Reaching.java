package dev.interdict.server.compliance;

import dev.interdict.policy.RuleId;
import dev.interdict.server.scope.ScopeCondition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// How far published lists have come, and whom a rule would concern, counted device by device.
/// [#reach] and [#unreadable] are of the whole fleet, whoever asks: by them it is judged whether to
/// publish. Thread-safe; never writes.
public final class Reaching {
  private final Sight sight;

  Reaching(Sight sight) {
    this.sight = sight;
  }

  /// How many devices that report hold each list, by its serial, as they tell it: a device holds a
  /// list once it verified it from its own trust root. 0 stands for none. One pass over the
  /// devices.
  public SortedMap<Long, Long> holding() {
    var binds = new HashMap<String, Object>();
    var seen = ScopeCondition.of(sight.scope(), "d.department", binds);
    binds.put("since", sight.horizon().silentBefore().toEpochMilli());
    var bySerial = new TreeMap<Long, Long>();
    sight.read(handle ->
        handle
            .createQuery(
                "select coalesce(d.policy_serial, 0) as serial, count(*) as n from device d where"
                    + " d.standing = 'active' and d.last_contact >= :since"
                    + seen
                    + " group by coalesce(d.policy_serial, 0)")
            .bindMap(binds)
            .map((row, _) -> bySerial.put(row.getLong("serial"), row.getLong("n")))
            .list());
    return bySerial;
  }

  /// Whom a rule concerns, as far as the devices told.
  ///
  /// @param vocabulary what the rule needs ([dev.interdict.policy.Vocabulary#needs])
  /// @param since the serial from which on the published list recognises the software as the rule
  ///   does; empty if it does not, so that no device can have looked
  public Reach reach(RuleId rule, int vocabulary, OptionalLong since) {
    var now = sight.clock().instant();
    return sight.read(handle -> {
      var unreadable = unreadable(handle, vocabulary);
      return handle
          .createQuery(
              "select count(*) as enrolled, count(case when d.policy_serial >= :since and s.state"
                  + " <> 'unknown' then 1 end) as looked, count(case when d.policy_serial >= :since"
                  + " and s.state in ('present', 'removing', 'failed') then 1 end) as matched,"
                  + " count(case when s.exempt_until > :now then 1 end) as exempt, max(case when"
                  + " d.sequence > 0 then d.last_contact end) as at from device d left join"
                  + " rule_state s on s.device_id = d.device_id and s.rule_id = :rule where"
                  + " d.standing = 'active'")
          .bind("rule", rule.value())
          .bind("since", since.orElse(Long.MAX_VALUE))
          .bind("now", now.toEpochMilli())
          .map((row, _) -> reach(row, unreadable))
          .one();
    });
  }

  /// How many devices verified and read the published list of that serial, or a later one.
  public long readSince(long serial) {
    return sight.read(handle ->
        within(
            handle
                .createQuery(
                    "select department, count(*) as n from device where standing = 'active' and"
                        + " policy_serial >= :serial group by department")
                .bind("serial", serial)));
  }

  /// How many devices reported that they cannot read `rule`, and so skip it.
  public long skipping(String rule) {
    return sight.read(handle ->
        within(
            handle
                .createQuery(
                    "select d.department, count(distinct n.device_id) as n from device_note n join"
                        + " device d on d.device_id = n.device_id where n.problem ="
                        + " 'rule-unreadable' and n.subject = :rule and d.standing = 'active' group"
                        + " by d.department")
                .bind("rule", rule)));
  }

  /// The devices that cannot read rules of this vocabulary.
  public OldAgents unreadable(int vocabulary) {
    return sight.read(handle -> unreadable(handle, vocabulary));
  }

  /// How many of departments that are seen, of a query for `department` and `n`.
  private long within(Query byDepartment) {
    return byDepartment
        .map((row, _) -> sight.scope().includes(row.getString("department")) ? row.getLong("n") : 0)
        .list()
        .stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private static Reach reach(ResultSet row, OldAgents unreadable) throws SQLException {
    var looked = row.getLong("looked");
    return new Reach(
        looked == 0 ? OptionalLong.empty() : OptionalLong.of(row.getLong("matched")),
        looked,
        row.getLong("exempt"),
        unreadable,
        row.getLong("enrolled"),
        DevicePortrait.instant(row, "at"));
  }

  private static OldAgents unreadable(Handle handle, int vocabulary) {
    var byVersion = new TreeMap<String, Long>();
    handle
        .createQuery(
            "select coalesce(agent_version, 'unknown') as version, count(*) as n from device where"
                + " standing = 'active' and vocabulary < :vocabulary group by agent_version")
        .bind("vocabulary", vocabulary)
        .map((row, _) -> byVersion.merge(row.getString("version"), row.getLong("n"), Long::sum))
        .list();
    var enrolled =
        handle
            .createQuery("select count(*) from device where standing = 'active'")
            .mapTo(Long.class)
            .one();
    return new OldAgents(vocabulary, enrolled, byVersion);
  }
}
