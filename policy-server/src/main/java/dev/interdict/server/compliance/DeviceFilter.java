package dev.interdict.server.compliance;

import dev.interdict.server.query.Asked;
import dev.interdict.server.query.Order;
import dev.interdict.server.query.Terms;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which devices a list shows; the same for page, API and export.
///
/// @param rule the rule whose status is listed; null lists devices without one
/// @param statuses empty for any; only together with a rule
/// @param rings into which devices were put, and an entry of the company's list will be
/// @param versions of the agent; empty of a device that never reported
/// @param sources by which a device has the rule's software; only together with a rule
/// @param people whose a workstation is, by the company's list
/// @param sites where a workstation is, by that list
/// @param managers of these people, by that list
/// @param text part of a host name, or the start of a device id
public record DeviceFilter(
    @Nullable String rule,
    Set<Status> statuses,
    Terms departments,
    Terms os,
    Terms rings,
    Terms versions,
    Terms sources,
    Terms people,
    Terms sites,
    Terms managers,
    @Nullable String text) {
  /// Every device.
  public static final DeviceFilter ALL = read(Asked.NOTHING);

  public DeviceFilter {
    statuses = Set.copyOf(statuses);
    if (rule == null && !(statuses.isEmpty() && sources.isAll())) {
      throw new IllegalArgumentException(
          "state and detector are of a rule; say which with rule=...");
    }
  }

  /// The filter that the keys `rule, state, dept, os, ring, version, detector, owner, site,
  /// manager, q` name.
  ///
  /// @throws IllegalArgumentException if one of them cannot be
  public static DeviceFilter read(Asked asked) {
    return new DeviceFilter(
        asked.name("rule"),
        asked.chosen("state", List.of(Status.values()), Status::word),
        asked.names("dept"),
        asked.systems(),
        asked.names("ring"),
        asked.names("version"),
        asked.names("detector"),
        asked.names("owner"),
        asked.names("site"),
        asked.names("manager"),
        asked.text("q"));
  }

  /// Whether names come in the other order.
  ///
  /// @throws IllegalArgumentException if `sort` names what no index is ordered by, or there is `q`:
  ///   what is looked for comes in the order in which it is found
  public static boolean falling(Asked asked) {
    if (asked.text("q") != null && asked.text("sort") != null) {
      throw new IllegalArgumentException(
          "sort: what q finds comes in the order in which it is found; leave one of the two out");
    }
    return asked.order("host").map(Order::falling).orElse(false);
  }

  /// Every device, with its status under `rule`.
  public static DeviceFilter ofRule(String rule) {
    return new DeviceFilter(
        rule, Set.of(), Terms.ALL, Terms.ALL, Terms.ALL, Terms.ALL, Terms.ALL, Terms.ALL, Terms.ALL,
        Terms.ALL, null);
  }

  /// The same, only these departments; there is at least one.
  DeviceFilter of(Set<String> only) {
    if (only.isEmpty()) {
      throw new IllegalArgumentException("no departments would mean any");
    }
    return new DeviceFilter(
        rule,
        statuses,
        new Terms(only, Set.of()),
        os,
        rings,
        versions,
        sources,
        people,
        sites,
        managers,
        text);
  }

  /// The same of that part of the fleet.
  public DeviceFilter of(Part part) {
    return new DeviceFilter(
        rule,
        statuses,
        part.departments(),
        part.os(),
        part.rings(),
        versions,
        sources,
        people,
        sites,
        managers,
        text);
  }

  /// The same, only these statuses.
  public DeviceFilter with(Set<Status> only) {
    return new DeviceFilter(
        rule, only, departments, os, rings, versions, sources, people, sites, managers, text);
  }

  /// Whether it lets every device through: a rule alone leaves none out.
  public boolean isEverything() {
    return equals(rule == null ? ALL : ofRule(rule));
  }

  /// Whether it looks for somebody, or for somebody's people, which these may learn of.
  public boolean isSearch() {
    return text != null || !people.isAll() || !managers.isAll();
  }
}
