package dev.interdict.server.outbound;

import dev.interdict.policy.Blocklist;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.compliance.Status;
import dev.interdict.server.metrics.Exposition;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/// What is counted of the fleet and of the rules in force: the same counts as on the pages, kept
/// for a moment where the fleet is large. Thread-safe.
final class FleetMetrics {
  private final Compliance compliance;
  private final Supplier<Blocklist> inForce;

  FleetMetrics(Compliance compliance, Supplier<Blocklist> inForce) {
    this.compliance = compliance;
    this.inForce = inForce;
  }

  void write(Exposition out, Instant now) {
    var list = inForce.get();
    out.family(
        "interdict_devices",
        "gauge",
        "Workstations of the fleet by what they are whatever the rule; unknown are those in"
            + " contact.");
    compliance
        .total("")
        .counts()
        .of()
        .forEach((status, n) -> out.sample("interdict_devices", n, "state", status.word()));
    out.family(
        "interdict_rule_devices",
        "gauge",
        "Workstations by what they count as under a rule in force; each counts once.");
    var rules = list.rules().stream().map(rule -> rule.id().value()).sorted().toList();
    for (var rule : rules) {
      for (var os : compliance.overview(rule).byOs()) {
        for (var status : Status.values()) {
          out.sample(
              "interdict_rule_devices",
              os.counts().get(status),
              "rule",
              rule,
              "state",
              status.word(),
              "os",
              os.name());
        }
      }
    }
    compliantTo(out, rules);
    out.family(
        "interdict_rule_seconds_to_effective",
        "gauge",
        "Until the effective date of a rule in force; negative after it.");
    list.rules().stream()
        .sorted((a, b) -> a.id().value().compareTo(b.id().value()))
        .forEach(rule ->
            out.sample(
                "interdict_rule_seconds_to_effective",
                rule.timeline().effectiveAt(rule.timeline().zone()).getEpochSecond()
                    - now.getEpochSecond(),
                "rule",
                rule.id().value()));
    out.family("interdict_policy_serial", "gauge", "The serial of the published blocklist.");
    out.sample("interdict_policy_serial", list.serial());
  }

  private void compliantTo(Exposition out, List<String> rules) {
    out.family(
        "interdict_rule_compliant_ratio",
        "gauge",
        "Clear and exempt workstations under a rule, of all; rounded down.");
    for (var rule : rules) {
      out.sample(
          "interdict_rule_compliant_ratio",
          compliance.total(rule).counts().compliantBasisPoints() / 10_000.0,
          "rule",
          rule);
    }
  }
}
