package dev.interdict.server.web.pages;

import dev.interdict.server.compliance.Courses;
import dev.interdict.server.compliance.ListColumn;
import dev.interdict.server.compliance.Overview;
import dev.interdict.server.compliance.Overview.Group;
import dev.interdict.server.query.Terms;
import dev.interdict.server.web.Href;
import dev.interdict.server.web.Query;
import dev.interdict.server.web.Words;
import dev.interdict.server.web.pages.OverviewView.Grouping;
import dev.interdict.server.web.pages.OverviewView.Part;
import dev.interdict.server.web.pages.OverviewView.Parts;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// By what the fleet is taken apart to show where the software still is.
enum Where {
  DEPARTMENT("dept", Courses.By.DEPARTMENT),
  OS("os", Courses.By.OS),
  RING("ring", Courses.By.RING),
  VERSION("version", null),
  SITE(ListColumn.SITE),
  MANAGER(ListColumn.MANAGER);

  private static final int MOST = 10;
  private static final Duration WEEKS = Duration.ofDays(21);

  private final String key;
  private final Courses.@Nullable By by;
  private final @Nullable ListColumn column;

  /// @param key in an address: of the choice, and of the filter of a list
  /// @param by null where no figures of each day are kept
  Where(String key, Courses.@Nullable By by) {
    this.key = key;
    this.by = by;
    this.column = null;
  }

  /// @param column what the company's list says, of which no counts are kept
  Where(ListColumn column) {
    this.key = column.key();
    this.by = null;
    this.column = column;
  }

  /// The one that an address names; null where it names none that there is.
  static @Nullable Where of(String key) {
    return Stream.of(values()).filter(each -> each.key.equals(key)).findAny().orElse(null);
  }

  String key() {
    return key;
  }

  Parts parts(Fleet fleet, Overview overview, Narrowed narrowed, Words words) {
    var query = narrowed.query();
    var groups = groups(fleet, overview);
    var having =
        groups.orElse(List.of()).stream()
            .filter(group -> group.has() > 0)
            .sorted(
                Comparator.comparing((ListColumn.Group group) -> group.name().equals(Group.SMALL))
                    .thenComparingLong(group -> -group.has())
                    .thenComparing(ListColumn.Group::name, words.names()))
            .toList();
    var by = this.by;
    var courses =
        by == null
            ? Map.<String, List<Long>>of()
            : fleet.compliance().courses(overview.rule(), by, overview.total().at().minus(WEEKS));
    var list = Href.to("/devices").with("rule", overview.rule());
    var all = Standings.having(overview.rule());
    var most =
        having.stream()
            .limit(MOST)
            .map(group ->
                new Part(
                    name(group.name(), words),
                    group.devices(),
                    group.has(),
                    courses.getOrDefault(group.name(), List.of()),
                    of(narrowed.but(named(group.name()), list), group.name()),
                    of(narrowed.but(named(group.name()), all), group.name())))
            .toList();
    return new Parts(
        groupings(query, fleet.compliance().affected().said(), words),
        words.text("filter." + key),
        most,
        having.size() - most.size(),
        groups.isEmpty() && overview.counts().hasIt() > 0 && !overview.tooSmall(),
        courses.isEmpty() ? null : fleet.compliance().lastDay());
  }

  /// By what the list of a group is told from others; nothing where it stands for several.
  private String named(String group) {
    return group.equals(Group.SMALL) ? "" : key;
  }

  /// What the list of workstations does not say of any is not offered.
  private List<Grouping> groupings(Query query, Set<ListColumn> said, Words words) {
    return Stream.of(values())
        .filter(each -> each == this || each.column == null || said.contains(each.column))
        .map(each ->
            new Grouping(
                words.text("filter." + each.key),
                query.at("/", "group", each == DEPARTMENT ? "" : each.key),
                each == this))
        .toList();
  }

  /// Empty where too many have it.
  private Optional<List<ListColumn.Group>> groups(Fleet fleet, Overview overview) {
    var column = this.column;
    if (column != null) {
      return fleet.compliance().affected().groups(overview, column);
    }
    var counted =
        switch (this) {
          case OS -> overview.byOs();
          case VERSION -> fleet.compliance().byVersion(overview.rule());
          case RING -> fleet.compliance().byRing(overview.rule());
          case DEPARTMENT, SITE, MANAGER -> overview.byDepartment();
        };
    return Optional.of(
        counted.stream()
            .map(group ->
                new ListColumn.Group(group.name(), group.counts().total(), group.counts().hasIt()))
            .toList());
  }

  /// What people call a group.
  String name(String group, Words words) {
    if (group.equals(Group.SMALL)) {
      return words.text("overview.small-groups");
    }
    if (this == OS) {
      return words.named("os", group);
    }
    if (group.isEmpty()) {
      return words.text(
          switch (this) {
            case VERSION -> "overview.no-version";
            case RING -> "rings.no-name";
            case SITE -> "overview.no-site";
            case MANAGER -> "overview.no-manager";
            case DEPARTMENT, OS -> "overview.no-department";
          });
    }
    return group;
  }

  /// A list of one group; of all where it stands for several.
  Href of(Href list, String group) {
    return group.equals(Group.SMALL) ? list : list.with(key, Terms.written(group));
  }
}
