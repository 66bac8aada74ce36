package dev.interdict.server.compliance;

import dev.interdict.report.DeviceId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The people behind the devices that still have a rule's software, by the company's list, and what
/// else is told only of those devices one by one: wherever they are few enough for that. Each
/// answer is of the clock's now. Thread-safe; never writes.
public final class Affected {
  private static final Set<Status> HAVING =
      Arrays.stream(Status.values()).filter(Status::hasIt).collect(Collectors.toSet());

  /// Up to so many devices are counted through for what no count is kept of.
  private static final int MOST_COUNTED = 5_000;

  /// In a part of the fleet up to so many devices are looked up in the company's list.
  private static final int MOST_LOOKED_UP = 20_000;

  private final Sight sight;

  Affected(Sight sight) {
    this.sight = sight;
  }

  /// How many people have a workstation that still has the software of `rule`; null where so many
  /// workstations told that they have it that they are not counted through for a page, and where a
  /// part of the fleet has so few such people that each would be known.
  public @Nullable Long count(Overview overview) {
    var told =
        overview.counts().hasIt() + overview.hiddenBySilence() + overview.hiddenByExemption();
    if (overview.tooSmall() || told > MOST_COUNTED) {
      return null;
    }
    long people = having(overview.rule(), Having::people).orElse(0L);
    return !sight.part().isWhole() && people > 0 && people < Overview.Group.SMALLEST
        ? null
        : people;
  }

  /// A page of those people, by name; nobody where [#count] does not count them.
  ///
  /// @param after whose name comes before; null for the first
  public Page page(Overview overview, @Nullable String after, int most) {
    var counted = count(overview);
    return counted == null
        ? new Page(0, List.of())
        : new Page(
            counted,
            having(overview.rule(), having -> having.people(after, most)).orElse(List.of()));
  }

  /// @param total of all pages together
  public record Page(long total, List<Owner> people) {}

  /// The devices behind some of those people: as many as each of them was told to have.
  public List<DeviceId> devices(String rule, Collection<String> people) {
    return people.isEmpty()
        ? List.of()
        : having(rule, having -> having.devices(people)).orElse(List.of());
  }

  /// What the company's list says of any workstation, by which [#groups] can tell them apart.
  public Set<ListColumn> said() {
    return sight.read(ListColumn::said);
  }

  /// Whether several parts are seen at once, of which [#groups] says nothing.
  public boolean areOfSeveralParts() {
    return !sight.part().isOfOneEach();
  }

  /// Where the devices are that have it, by what the list says; empty where they are so many that
  /// they are not counted through, of a part of the fleet of which nothing is told, and of several
  /// parts at once ([Part#isOfOneEach]).
  public Optional<List<ListColumn.Group>> groups(Overview overview, ListColumn by) {
    if (overview.tooSmall() || areOfSeveralParts() || overview.counts().hasIt() > MOST_COUNTED) {
      return Optional.empty();
    }
    var horizon = sight.horizon();
    var whole = sight.scope().isWhole() && sight.part().isWhole();
    if (!whole && overview.counts().total() > MOST_LOOKED_UP) {
      return Optional.empty();
    }
    return sight
        .seen(DeviceFilter.ALL.of(sight.part()))
        .map(all -> {
          var sizes = sight.read(handle -> sizes(handle, by, sight.part(), all, horizon));
          return ListColumn.groups(
              overview,
              sizes,
              having(overview.rule(), having -> having.by(by)).orElse(Map.of()),
              beside(by, sizes, overview.counts().total(), horizon));
        });
  }

  private Map<String, Long> sizes(
      Handle handle, ListColumn by, Part part, DeviceFilter all, Horizon horizon) {
    return sight.scope().isWhole() && part.isWhole()
        ? by.sizes(handle)
        : by.sizes(handle, new DeviceCondition(all, horizon.binds(handle)));
  }

  /// What each wider part has more, of which as much is told: those without one of the keys.
  private List<Map<String, Long>> beside(
      ListColumn by, Map<String, Long> sizes, long devices, Horizon horizon) {
    var beside = new ArrayList<Map<String, Long>>();
    for (var wider : sight.part().wider()) {
      var filter = sight.of(wider).seen(DeviceFilter.ALL.of(wider));
      var more =
          sight.read(handle -> {
            var whole =
                new Kept(handle, Sight.NO_RULE, horizon).size(Subset.of(sight.scope(), wider));
            var counted = sight.scope().isWhole() && wider.isWhole() || whole <= MOST_LOOKED_UP;
            return filter.isEmpty() || !counted
                ? Map.<String, Long>of()
                : ListColumn.beside(
                    sizes(handle, by, wider, filter.get(), horizon), whole, sizes, devices);
          });
      beside.add(more);
    }
    return beside;
  }

  /// By which sources those of some rings have it, which no count knows; none where they are too
  /// many.
  List<Overview.Source> sources(Overview overview) {
    return overview.counts().hasIt() > MOST_COUNTED
        ? List.of()
        : having(overview.rule(), Having::sources).orElse(List.of());
  }

  private <T> Optional<T> having(String rule, Function<Having, T> told) {
    var horizon = sight.horizon();
    return sight
        .seen(DeviceFilter.ofRule(rule).of(sight.part()).with(HAVING))
        .map(filter ->
            sight.read(handle ->
                told.apply(
                    new Having(handle, new DeviceCondition(filter, horizon.binds(handle))))));
  }
}
