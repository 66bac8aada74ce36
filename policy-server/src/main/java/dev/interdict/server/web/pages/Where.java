package dev.interdict.server.web.pages;

import dev.interdict.server.compliance.Courses;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// By what the fleet is taken apart to show where the software still is.
enum Where {
  DEPARTMENT("dept", Courses.By.DEPARTMENT),
  OS("os", Courses.By.OS),
  RING("ring", Courses.By.RING),
  VERSION("version", null);

  private static final int MOST = 10;
  private static final Duration WEEKS = Duration.ofDays(21);

  private final String key;
  private final Courses.@Nullable By by;

  /// @param key in an address: of the choice, and of the filter of a list
  /// @param by null where no figures of each day are kept
  Where(String key, Courses.@Nullable By by) {
    this.key = key;
    this.by = by;
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
    var having =
        groups(fleet, overview).stream()
            .filter(group -> group.counts().hasIt() > 0)
            .sorted(
                Comparator.comparingLong((Group group) -> -group.counts().hasIt())
                    .thenComparing(Group::name, words.names()))
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
                    name(group, words),
                    group.counts().total(),
                    group.counts().hasIt(),
                    courses.getOrDefault(group.name(), List.of()),
                    of(narrowed.but(named(group), list), group),
                    of(narrowed.but(named(group), all), group)))
            .toList();
    return new Parts(
        groupings(query, words),
        words.text("filter." + key),
        most,
        having.size() - most.size(),
        courses.isEmpty() ? null : fleet.compliance().lastDay());
  }

  /// By what the list of a group is told from others; nothing where it stands for several.
  private String named(Group group) {
    return group.name().equals(Group.SMALL) ? "" : key;
  }

  private List<Grouping> groupings(Query query, Words words) {
    return Stream.of(values())
        .map(each ->
            new Grouping(
                words.text("filter." + each.key),
                query.at("/", "group", each == DEPARTMENT ? "" : each.key),
                each == this))
        .toList();
  }

  private List<Group> groups(Fleet fleet, Overview overview) {
    return switch (this) {
      case OS -> overview.byOs();
      case VERSION -> fleet.compliance().byVersion(overview.rule());
      case RING -> fleet.compliance().byRing(overview.rule());
      case DEPARTMENT -> overview.byDepartment();
    };
  }

  /// What people call a group.
  String name(Group group, Words words) {
    if (group.name().equals(Group.SMALL)) {
      return words.text("overview.small-groups");
    }
    if (this == OS) {
      return words.named("os", group.name());
    }
    if (group.name().isEmpty()) {
      return words.text(
          switch (this) {
            case VERSION -> "overview.no-version";
            case RING -> "rings.no-name";
            case DEPARTMENT, OS -> "overview.no-department";
          });
    }
    return group.name();
  }

  /// A list of one group; of all where it stands for several.
  Href of(Href list, Group group) {
    return group.name().equals(Group.SMALL) ? list : list.with(key, Terms.written(group.name()));
  }
}
