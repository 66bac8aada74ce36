package dev.interdict.server.web.pages;

import dev.interdict.decide.Rings;
import dev.interdict.policy.Rule;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.compliance.Counts;
import dev.interdict.server.compliance.DeviceFilter;
import dev.interdict.server.compliance.DevicePage;
import dev.interdict.server.compliance.Status;
import dev.interdict.server.web.pages.RuleView.Ring;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rings of a rule with what became of the software in each. Which ring a device is in follows
/// from its id, so those that had it are looked at one by one. Pure functions over one fleet.
public final class RingCounts {
  /// Beyond so many devices that had it a page does without.
  private static final int MOST = 5_000;

  private static final int PAGE = 1_000;
  private static final Set<Status> HAD =
      Set.of(Status.PRESENT, Status.REMOVING, Status.FAILED, Status.REMOVED);

  private RingCounts() {}

  /// Devices that had the software, each as one of these.
  public record Had(long removed, long has, long failed) {
    static final Had NONE = new Had(0, 0, 0);

    public long all() {
      return removed + has + failed;
    }

    private Had plus(Status status) {
      return switch (status) {
        case REMOVED -> new Had(removed + 1, has, failed);
        case FAILED -> new Had(removed, has, failed + 1);
        default -> new Had(removed, has + 1, failed);
      };
    }
  }

  /// The rings in their order, and last those that follow the rule's own date.
  ///
  /// @param counts what the devices count as under the rule; by them it is known beforehand whether
  ///   those that had it are too many, so that their list is not begun in vain
  static List<Ring> of(Rule rule, Counts counts, Compliance compliance) {
    var many = HAD.stream().mapToLong(counts::get).sum() > MOST;
    var had = many ? null : had(rule, compliance);
    var zone = rule.timeline().zone();
    var rings = new ArrayList<Ring>();
    var rest = 100;
    for (var ring : rule.scope().rings()) {
      rest -= ring.percent();
      rings.add(
          new Ring(
              ring.name(),
              ring.percent(),
              ring.at().atZone(zone).toInstant(),
              had == null ? null : had.getOrDefault(ring.name(), Had.NONE)));
    }
    if (rest > 0) {
      rings.add(
          new Ring(
              "",
              rest,
              rule.timeline().effectiveAt(zone),
              had == null ? null : had.getOrDefault("", Had.NONE)));
    }
    return List.copyOf(rings);
  }

  private static @Nullable Map<String, Had> had(Rule rule, Compliance compliance) {
    var filter = DeviceFilter.ofRule(rule.id().value()).with(HAD);
    var counts = new HashMap<String, Had>();
    DevicePage.Cursor after = null;
    do {
      var page = compliance.devices(filter, after, PAGE);
      if (page.total() > MOST) {
        return null;
      }
      for (var row : page.rows()) {
        var status = row.status();
        if (status != null) {
          counts.merge(
              Rings.nameOf(rule, row.id().value()).orElse(""),
              Had.NONE.plus(status),
              (one, other) ->
                  new Had(
                      one.removed() + other.removed(),
                      one.has() + other.has(),
                      one.failed() + other.failed()));
        }
      }
      after = page.next();
    } while (after != null);
    return counts;
  }
}
