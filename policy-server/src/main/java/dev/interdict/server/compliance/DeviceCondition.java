package dev.interdict.server.compliance;

import dev.interdict.server.query.Where;
import java.util.ArrayList;
import java.util.Map;

/// A filter of devices as a condition. Its text is made of constants only; every value is a bound
/// parameter.
///
/// @param instants what [Horizon#STATUS] is bound to
record DeviceCondition(DeviceFilter filter, Map<String, Object> instants) {
  /// What the filter says of member `d` and its rule `s`.
  ///
  /// @param placed which of the two tells department and system first
  Where of(String placed) {
    var where =
        new Where()
            .bind("rule", filter.rule())
            .bind(instants)
            .terms(placed + ".department", "department", filter.departments())
            .terms(placed + ".os", "os", filter.os())
            .terms("d.ring", "ring", filter.rings())
            .terms("coalesce(d.agent_version, '')", "version", filter.versions())
            .many(Horizon.STATUS, "status", filter.statuses().stream().map(Status::word).toList());
    Owned.by(filter.people(), where);
    Owned.by(ListColumn.SITE, filter.sites(), where);
    Owned.by(ListColumn.MANAGER, filter.managers(), where);
    sources(where);
    return where;
  }

  private void sources(Where where) {
    var sources = filter.sources();
    if (sources.isAll()) {
      return;
    }
    where.bind("nl", "\n");
    var any = new ArrayList<String>();
    for (var source : sources.any()) {
      any.add(has(where, "source" + any.size(), source));
    }
    if (!any.isEmpty()) {
      where.add("(" + String.join(" or ", any) + ")");
    }
    var n = 0;
    for (var source : sources.none()) {
      where.add("not " + has(where, "no_source" + n++, source));
    }
  }

  private static String has(Where where, String name, String source) {
    where.bind(name, "\n" + source + "\n");
    return "(replace(:nl || coalesce(s.sources, '') || :nl, :%s, '') <> :nl || coalesce(s.sources, '') || :nl)"
        .formatted(name);
  }
}
