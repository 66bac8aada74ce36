package dev.interdict.server.exemptions;

import dev.interdict.policy.RuleId;
import dev.interdict.server.exemptions.Cases.Seen;
import dev.interdict.server.query.Where;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.scope.ScopeCondition;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What there is to decide of one device and rule. Read for all that somebody chose at once, and
/// without what is over. Immutable.
///
/// @param host the device's name
/// @param seen what a decision names of it
/// @param request what nobody looked at; null where nothing is
/// @param waiting the case that waits for the second step; null where none does
/// @param holding the exemption that holds; null where none does
public record Standing(
    String host,
    Seen seen,
    @Nullable Request request,
    @Nullable ExemptionCase waiting,
    @Nullable ExemptionCase holding) {

  /// Of those whose devices are enrolled in departments of `scope`; whoever is not seen, or is
  /// none, is left out.
  static Map<About, Standing> of(Handle handle, Scope scope, Collection<About> wanted) {
    if (wanted.isEmpty()) {
      return Map.of();
    }
    var hosts = hosts(handle, scope, wanted);
    var requests = requests(handle, wanted);
    var cases = cases(handle, wanted);
    var standing = new HashMap<About, Standing>();
    for (var about : wanted) {
      var host = hosts.get(about.device());
      if (host != null) {
        var own = cases.getOrDefault(about, List.of());
        standing.put(
            about,
            new Standing(
                host,
                Seen.of(own.isEmpty() ? null : own.getFirst()),
                requests.get(about),
                newest(own, CaseState.CONFIRMED),
                newest(own, CaseState.GRANTED)));
      }
    }
    return standing;
  }

  private static @Nullable ExemptionCase newest(List<ExemptionCase> cases, CaseState state) {
    return cases.stream().filter(one -> one.state() == state).findFirst().orElse(null);
  }

  private static Map<String, String> hosts(Handle handle, Scope scope, Collection<About> wanted) {
    var binds = new HashMap<String, Object>();
    var seen = ScopeCondition.of(scope, "department", binds);
    var where = new Where().any("device_id", "device", devices(wanted)).bind(binds);
    var hosts = new HashMap<String, String>();
    handle
        .createQuery("select device_id, host from device" + where.text() + seen)
        .bindMap(where.binds())
        .map((row, _) -> Map.entry(row.getString("device_id"), row.getString("host")))
        .forEach(one -> hosts.put(one.getKey(), one.getValue()));
    return hosts;
  }

  private static Map<About, Request> requests(Handle handle, Collection<About> wanted) {
    var where = named("a.", wanted);
    var requests = new HashMap<About, Request>();
    handle
        .createQuery(Cases.REQUESTS + " and " + where.conditions())
        .bindMap(where.binds())
        .map((row, _) -> Cases.request(row))
        .forEach(one -> requests.put(one.about(), one));
    return requests;
  }

  /// The last case of each and whatever waits or holds, the newest first.
  private static Map<About, List<ExemptionCase>> cases(Handle handle, Collection<About> wanted) {
    var where = named("", wanted);
    return handle
        .createQuery(
            "select * from (select exemption.*, row_number() over (partition by device_id, rule_id"
                + " order by case_number desc) as nth from exemption"
                + where.text()
                + ") e where nth = 1 or state in ('confirmed', 'granted') order by case_number"
                + " desc")
        .bindMap(where.binds())
        .map((row, _) -> ExemptionCase.read(row))
        .collect(Collectors.groupingBy(ExemptionCase::about));
  }

  /// Those devices with those rules: a few more pairs than are wanted, which nobody asks for.
  private static Where named(String table, Collection<About> wanted) {
    var rules = new TreeSet<String>();
    wanted.stream().map(About::rule).map(RuleId::value).forEach(rules::add);
    return new Where()
        .any(table + "device_id", "device", devices(wanted))
        .any(table + "rule_id", "rule", rules);
  }

  private static Collection<String> devices(Collection<About> wanted) {
    var devices = new TreeSet<String>();
    wanted.forEach(about -> devices.add(about.device()));
    return devices;
  }
}
