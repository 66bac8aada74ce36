package dev.interdict.server.web.pages;

import dev.interdict.server.compliance.DeviceFilter;
import dev.interdict.server.compliance.DevicePage;
import dev.interdict.server.compliance.Overview;
import dev.interdict.server.query.Terms;
import dev.interdict.server.web.Words;
import dev.interdict.server.web.pages.OverviewView.Grouping;
import dev.interdict.server.web.pages.OverviewView.Part;
import dev.interdict.server.web.pages.OverviewView.Parts;
import dev.interdict.server.web.pages.OverviewView.Share;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeMap;

/// The rings of the devices that still have a rule's software, from the list of those devices, so
/// that each number is that of the list behind it. Pure functions over one fleet.
final class RingShares {
  /// Where more have it a page does without, as it must not read the fleet.
  private static final int MOST = 5_000;

  private static final int PAGE = 1_000;
  private static final int SHOWN = 10;

  private RingShares() {}

  static Parts of(
      Fleet fleet, Overview overview, Narrowed narrowed, List<Grouping> groupings, Words words) {
    var heading = words.text("filter.ring");
    if (overview.counts().hasIt() > MOST) {
      return new Parts(groupings, heading, List.of(), 0, Share.UNTOLD);
    }
    var filter =
        DeviceFilter.ofRule(overview.rule())
            .with(EnumSet.copyOf(Standings.havingIt()))
            .of(narrowed.part());
    var small = fleet.compliance().smallRings();
    var rings = new TreeMap<String, Long>();
    DevicePage.Cursor after = null;
    do {
      var page = fleet.compliance().devices(filter, after, PAGE);
      page.rows()
          .forEach(row ->
              rings.merge(
                  small.contains(row.ring()) ? Overview.Group.SMALL : row.ring(), 1L, Long::sum));
      after = page.next();
    } while (after != null);
    var all = rings.values().stream().mapToLong(Long::longValue).sum();
    var having = narrowed.to(Standings.having(overview.rule()));
    var most =
        rings.entrySet().stream()
            .sorted(Comparator.comparingLong(each -> -each.getValue()))
            .limit(SHOWN)
            .map(each ->
                new Part(
                    name(each.getKey(), words),
                    all,
                    each.getValue(),
                    List.of(),
                    having,
                    each.getKey().equals(Overview.Group.SMALL)
                        ? having
                        : having.with("ring", Terms.written(each.getKey()))))
            .toList();
    return new Parts(groupings, heading, most, rings.size() - most.size(), Share.OF_HAVING);
  }

  private static String name(String ring, Words words) {
    if (ring.equals(Overview.Group.SMALL)) {
      return words.text("overview.small-groups");
    }
    return ring.isEmpty() ? words.text("rings.no-name") : ring;
  }
}
