package dev.interdict.server.compliance;

import dev.interdict.policy.RuleId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// Counts whom a rule concerns, device by device: asked for before a publication, not by a page.
/// Used once.
final class Reaching {
  private final Handle handle;
  private final Instant now;

  Reaching(Handle handle, Instant now) {
    this.handle = handle;
    this.now = now;
  }

  /// @param since the serial from which on the published list recognises the software in the same
  ///   way; empty if it does not
  Reach reach(RuleId rule, int vocabulary, OptionalLong since) {
    var unreadable = unreadable(vocabulary);
    return handle
        .createQuery(
            "select count(*) as enrolled, count(case when d.policy_serial >= :since and s.state <>"
                + " 'unknown' then 1 end) as looked, count(case when d.policy_serial >= :since and"
                + " s.state in ('present', 'removing', 'failed') then 1 end) as matched, count(case"
                + " when s.exempt_until > :now then 1 end) as exempt, max(case when d.sequence > 0"
                + " then d.last_contact end) as at from device d left join rule_state s on"
                + " s.device_id = d.device_id and s.rule_id = :rule where d.standing = 'active'")
        .bind("rule", rule.value())
        .bind("since", since.orElse(Long.MAX_VALUE))
        .bind("now", now.toEpochMilli())
        .map((row, _) -> reach(row, unreadable))
        .one();
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

  OldAgents unreadable(int vocabulary) {
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
