package dev.interdict.server.compliance;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// The instants that decide overlays: now, and how far back a last contact may lie.
///
/// @param silentBefore a device last heard before this is silent
record Horizon(Instant now, Instant silentBefore) {
  /// The status of member `d` of the fleet under the rule of `s`, in SQL: word for word what
  /// [Status#of] says.
  static final String STATUS =
      "case when d.enrolled = 0 then 'not-enrolled' when d.supported = 0 then 'unsupported' when"
          + " d.last_contact < :silent then 'silent' when s.exempt_until > :now then 'exempt' when"
          + " s.state in ('present', 'removing', 'failed') then s.state when :listed = 1 and"
          + " d.entry_id is null then 'unexpected' else coalesce(s.state, 'unknown') end";

  static Horizon at(Instant now, Duration silentAfter) {
    return new Horizon(now, now.minus(silentAfter));
  }

  /// What [#STATUS] and its likes are bound to.
  Map<String, Object> binds(Handle handle) {
    var all = new HashMap<String, Object>(instants());
    all.put("listed", listed(handle) ? 1 : 0);
    return all;
  }

  /// The instants alone.
  Map<String, Object> instants() {
    return Map.of(
        "now", now.toEpochMilli(),
        "silent", silentBefore.toEpochMilli(),
        "day", ContactDay.of(silentBefore));
  }

  /// Whether there is a list of what to expect; without one no device is unexpected.
  static boolean listed(Handle handle) {
    return handle
        .createQuery("select entry_id from expected_device where retired_at is null limit 1")
        .mapTo(String.class)
        .findOne()
        .isPresent();
  }
}
