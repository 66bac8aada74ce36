package dev.interdict.server.compliance;

import dev.interdict.report.DeviceId;
import dev.interdict.server.query.Where;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/// Reads the devices that need hands, along the index of those whose removal failed.
final class Failing {
  private Failing() {}

  /// Those whose removal failed, longest failing first.
  static List<Failure> of(Handle handle, Horizon horizon, DeviceFilter filter, int most) {
    var where =
        new Where()
            .bind("rule", filter.rule())
            .bind(horizon.binds(handle))
            .bind("most", most)
            // As it is kept with the rule: of a department few devices are to be looked up.
            .terms("s.department", "department", filter.departments())
            .terms("s.os", "os", filter.os())
            .terms("d.ring", "ring", filter.rings())
            .add("s.rule_id = :rule and s.state = 'failed' and d.device_id = s.device_id")
            .many(Horizon.STATUS, "status", List.of(Status.FAILED.word()));
    return handle
        .createQuery(
            "select d.device_id, d.host, d.department, s.error, s.error_identity, s.since from"
                + " rule_state s cross join ("
                + DeviceList.ENROLLED
                + ") d"
                + where.text()
                + " order by s.since, d.device_id limit :most")
        .bindMap(where.binds())
        .map((row, _) -> {
          var error = row.getString("error");
          return new Failure(
              new DeviceId(row.getString("device_id")),
              row.getString("host"),
              row.getString("department"),
              Objects.requireNonNull(filter.rule()),
              error == null ? "other" : error,
              row.getString("error_identity"),
              Instant.ofEpochMilli(row.getLong("since")));
        })
        .list();
  }
}
