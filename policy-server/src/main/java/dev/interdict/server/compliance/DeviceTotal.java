package dev.interdict.server.compliance;

import dev.interdict.server.query.Where;
import dev.interdict.server.scope.Scope;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// How many devices a filter lets through: by the counts that are kept, and where these do not
/// know, one by one. Used once.
record DeviceTotal(Handle handle, DeviceFilter filter, DeviceCondition condition, Kept kept) {
  /// Up to so many devices are counted one by one.
  static final int COUNTED = 10_000;

  /// @param more whether there may be more than these
  record Counted(long n, boolean more) {}

  /// By the counts wherever they know it: counting devices one by one takes seconds where there are
  /// many, so it ends at [#COUNTED]. They know of none that was found by no source: there, no
  /// source is all that told. Nor do they tell sources and rings, or versions, together.
  Counted counted() {
    var by = filter.sources();
    if (!filter.people().isAll()
        || !filter.sites().isAll()
        || !filter.managers().isAll()
        || !by.isAll() && !(filter.versions().isAll() && filter.rings().isAll())
        || by.any().size() + by.none().size() > 1
        || by.any().contains("")
        || by.none().contains("")) {
      var n = oneByOne(DeviceList.ENROLLED, new Where(), COUNTED + 1);
      if (kept.listed() && n <= COUNTED) {
        n += oneByOne(DeviceList.ABSENT, new Where(), COUNTED + 1);
      }
      return new Counted(Math.min(n, COUNTED), n > COUNTED);
    }
    var without = by.none().stream().findFirst();
    return new Counted(
        without.isPresent()
            ? counted(null) - counted(without.get())
            : counted(by.any().stream().findFirst().orElse(null)),
        false);
  }

  /// Those that have it by `source`; null for all, whether they have it or not.
  private long counted(@Nullable String source) {
    var which =
        new Subset(
            Scope.WHOLE,
            filter.departments(),
            filter.os(),
            filter.rings(),
            filter.versions(),
            source);
    var any = filter.statuses().isEmpty();
    var absent =
        any || filter.statuses().contains(Status.NOT_ENROLLED)
            ? kept.absent(which).values().stream().mapToLong(Long::longValue).sum()
            : 0;
    if (any && source == null) {
      return absent + sum(kept.fleet(GroupBy.NOTHING, which));
    }
    return absent
        + kept.tallies(GroupBy.NOTHING, which).stream()
            .filter(each -> any || filter.statuses().contains(each.status()))
            .mapToLong(Kept.Tally::n)
            .sum();
  }

  private static long sum(List<Rollups.Count> counts) {
    return counts.stream().mapToLong(Rollups.Count::n).sum();
  }

  /// How many the filter lets through, device by device, up to `most`.
  long oneByOne(String members, Where which, int most) {
    var where = which.and(condition.of("d"));
    return handle
        .createQuery(
            "select count(*) from (select 1 from ("
                + members
                + ") d"
                + (filter.rule() == null ? "" : DeviceList.STATE)
                + where.text()
                + " limit :counted) found")
        .bindMap(where.bind("counted", most).binds())
        .mapTo(Long.class)
        .one();
  }
}
