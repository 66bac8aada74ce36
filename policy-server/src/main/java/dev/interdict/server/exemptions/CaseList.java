package dev.interdict.server.exemptions;

import dev.interdict.report.DeviceId;
import dev.interdict.server.query.Asked;
import dev.interdict.server.query.Order;
import dev.interdict.server.query.Terms;
import dev.interdict.server.query.Where;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.scope.ScopeCondition;
import dev.interdict.server.store.Database;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Cases as lists, page by page. Thread-safe; never writes.
public final class CaseList {
  /// In the order of their numbers.
  public static final Order OLDEST = new Order("number", false);

  /// The highest number first.
  public static final Order NEWEST = new Order("number", true);

  /// The next to end first. Those without an end come last, whichever way.
  public static final Order ENDING = new Order("until", false);

  /// Every case of the whole fleet.
  public static final Filter ALL =
      new Filter(Scope.WHOLE, Terms.ALL, Instant.EPOCH, null, Terms.ALL, Terms.ALL);

  /// The empty one is of cases without.
  private static final List<String> CATEGORIES =
      Stream.concat(Category.WRITTEN.stream(), Stream.of("")).toList();

  private final Database database;

  public CaseList(Database database) {
    this.database = database;
  }

  /// Which cases are meant.
  ///
  /// @param scope the departments that whoever asks sees
  /// @param groups by the words of [CaseGroup]
  /// @param soon up to when an end is soon
  /// @param device of this one alone; null for any
  /// @param categories those of a [Category] as it is written; the empty one is of cases without
  public record Filter(
      Scope scope,
      Terms groups,
      Instant soon,
      @Nullable DeviceId device,
      Terms rules,
      Terms categories) {
    private Where where() {
      var where =
          new Where()
              .bind("soon", soon.toEpochMilli())
              .terms("rule_id", "rule", rules)
              .terms("coalesce(category, '')", "category", categories);
      if (!groups.any().isEmpty()) {
        where.add(ofOne(groups.any()));
      }
      if (!groups.none().isEmpty()) {
        where.add("not " + ofOne(groups.none()));
      }
      if (device != null) {
        where.add("device_id = :device").bind("device", device.value());
      }
      if (!scope.isWhole()) {
        var binds = new HashMap<String, Object>();
        where
            .add(
                "exists (select 1 from device d where d.device_id = exemption.device_id"
                    + ScopeCondition.of(scope, "d.department", binds)
                    + ")")
            .bind(binds);
      }
      return where;
    }

    private static String ofOne(Set<String> words) {
      return Stream.of(CaseGroup.values())
          .filter(group -> words.contains(group.word()))
          .map(CaseGroup::condition)
          .collect(Collectors.joining(" or ", "(", ")"));
    }
  }

  /// The categories that the key `category` names.
  ///
  /// @throws IllegalArgumentException if one of them is none
  public static Terms categories(Asked asked) {
    return asked.words("category", CATEGORIES);
  }

  /// The place of a case in an order.
  public record Place(long key, long number) {
    /// The place of `one`.
    public static Place of(ExemptionCase one, Order order) {
      var until = one.until();
      return new Place(
          switch (order.by()) {
            case "until" -> until == null ? endless(order) : until.toEpochMilli();
            case "opened" -> one.opened().at().toEpochMilli();
            default -> one.number();
          },
          one.number());
    }
  }

  private static long endless(Order order) {
    return order.falling() ? -1 : Long.MAX_VALUE;
  }

  /// At most `most` cases behind a place.
  ///
  /// @param order by `number`, `until` or `opened`; of equals the lowest number comes first
  /// @param after null for the first page
  public List<ExemptionCase> page(Filter filter, Order order, @Nullable Place after, int most) {
    var key =
        switch (order.by()) {
          case "until" -> "coalesce(until_at, :endless)";
          case "opened" -> "opened_at";
          default -> "case_number";
        };
    var where = filter.where();
    if (order.by().equals("until")) {
      where.bind("endless", endless(order));
    }
    if (after != null) {
      where
          .add(
              "(%1$s %2$s :key or %1$s = :key and case_number > :number)"
                  .formatted(key, order.falling() ? "<" : ">"))
          .bind("key", after.key())
          .bind("number", after.number());
    }
    return database.read(handle ->
        handle
            .createQuery(
                "select * from exemption"
                    + where.text()
                    + " order by "
                    + key
                    + (order.falling() ? " desc" : "")
                    + ", case_number limit :most")
            .bindMap(where.binds())
            .bind("most", most)
            .map((row, _) -> ExemptionCase.read(row))
            .list());
  }

  /// How many there are.
  public long count(Filter filter) {
    var where = filter.where();
    return Objects.requireNonNull(
        database.read(handle ->
            handle
                .createQuery("select count(*) from exemption" + where.text())
                .bindMap(where.binds())
                .mapTo(Long.class)
                .one()));
  }
}
