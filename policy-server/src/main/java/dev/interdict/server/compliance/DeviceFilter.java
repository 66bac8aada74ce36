package dev.interdict.server.compliance;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which devices a list shows; the same for page, API and export. An empty set or a null means any.
///
/// @param rule the rule whose status is listed; null lists devices without one
/// @param statuses only together with a rule
/// @param sources devices with a finding of the rule from one of these; only together with a rule
/// @param text part of a host name, or the start of a device id
public record DeviceFilter(
    @Nullable String rule,
    Set<Status> statuses,
    Set<String> departments,
    Set<String> os,
    Set<String> sources,
    @Nullable String text) {
  /// Every device.
  public static final DeviceFilter ALL =
      new DeviceFilter(null, Set.of(), Set.of(), Set.of(), Set.of(), null);

  public DeviceFilter {
    statuses = Set.copyOf(statuses);
    departments = Set.copyOf(departments);
    os = Set.copyOf(os);
    sources = Set.copyOf(sources);
    if (rule == null && !(statuses.isEmpty() && sources.isEmpty())) {
      throw new IllegalArgumentException("a status or a source needs a rule to belong to");
    }
  }

  /// Every device, with its status under `rule`.
  public static DeviceFilter ofRule(String rule) {
    return new DeviceFilter(rule, Set.of(), Set.of(), Set.of(), Set.of(), null);
  }

  /// The same, only these departments; there is at least one.
  DeviceFilter of(Set<String> only) {
    if (only.isEmpty()) {
      throw new IllegalArgumentException("no departments would mean any");
    }
    return new DeviceFilter(rule, statuses, only, os, sources, text);
  }

  /// The same, only these statuses.
  public DeviceFilter with(Set<Status> only) {
    return new DeviceFilter(rule, only, departments, os, sources, text);
  }
}
