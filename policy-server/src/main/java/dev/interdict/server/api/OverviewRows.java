package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.server.compliance.Affected;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.compliance.ListColumn;
import dev.interdict.server.compliance.Overview;
import dev.interdict.server.compliance.Part;
import dev.interdict.server.compliance.Status;
import dev.interdict.server.query.Asked;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The overview of a rule as rows, for its export: what the page shows, from the same queries and
/// as whoever asks may see it. A part of the page that is cut is whole here. Thread-safe.
final class OverviewRows {
  private static final Duration USUAL = Duration.ofDays(90);

  private static final Schema.Named ROW =
      Schema.named(
          "OverviewRow",
          needs("rule", Schema.any()),
          needs("at", Schema.instant()),
          needs("part", Schema.any()),
          needs("name", Schema.any()),
          may("devices", Schema.count()),
          may("has-it", Schema.count()),
          may("percent", Schema.any()));

  private final Compliance compliance;
  private final Listing list =
      Listing.whole(
          "overview",
          ROW,
          List.of(
              Parameter.needed("rule", Schema.text(100), "The rule's id."),
              Parameter.query(
                  "group",
                  Schema.words("dept", "os", "ring", "version", "site", "manager"),
                  "By what to divide the fleet beside its systems; dept without."),
              Keys.DEPT,
              Keys.OS,
              Keys.RING,
              Keys.FROM,
              Keys.TO,
              Keys.TZ),
          this::rows,
          row -> row,
          row -> row.get("part") + "\n" + row.get("name"));

  OverviewRows(Compliance compliance) {
    this.compliance = compliance;
  }

  Listing list() {
    return list;
  }

  /// Rows about one rule at one instant.
  private static final class Rows {
    private final String rule;
    private final Instant at;
    private final List<Json.Obj> rows = new ArrayList<>();

    Rows(String rule, Instant at) {
      this.rule = rule;
      this.at = at;
    }

    void add(String part, String name, @Nullable Long devices, @Nullable Long has) {
      add(at, part, name, devices, has);
    }

    void add(Instant when, String part, String name, @Nullable Long devices, @Nullable Long has) {
      rows.add(
          Json.object()
              .put("rule", rule)
              .put("at", when.toString())
              .put("part", part)
              .put("name", name)
              .put("devices", devices == null ? null : new Json.Int(devices))
              .put("has-it", has == null ? null : new Json.Int(has))
              .put("percent", devices == null || has == null ? null : percent(has, devices))
              .build());
    }

    void groups(String part, List<Overview.Group> groups) {
      for (var group : groups) {
        add(part, group.name(), group.counts().total(), group.counts().hasIt());
      }
    }

    /// In hundredths of a percent, rounded down.
    private static String percent(long of, long all) {
      var hundredths = all == 0 ? 0 : of * 10_000 / all;
      return "%d.%02d".formatted(hundredths / 100, hundredths % 100);
    }
  }

  private List<Json.Obj> rows(Call call) {
    var seen = compliance.within(call.session().scope()).of(call.asked(Part::read));
    var rule = call.text("rule");
    var overview = seen.overview(rule);
    var at = overview.total().at();
    var rows = new Rows(rule, at);
    if (overview.tooSmall()) {
      rows.add("fleet", "too-small", null, null);
      return rows.rows;
    }
    var counts = overview.counts();
    rows.add("fleet", "", counts.total(), counts.hasIt());
    rows.add("fleet", "silent-had-it", counts.get(Status.SILENT), overview.hiddenBySilence());
    for (var status : Status.values()) {
      rows.add("state", status.word(), counts.get(status), null);
    }
    var group = Objects.requireNonNullElse(call.optional("group"), "dept");
    if (group.equals("version")) {
      rows.groups(group, seen.byVersion(rule));
    } else if (group.equals("ring")) {
      rows.groups(group, seen.byRing(rule));
    } else if (group.equals("dept")) {
      rows.groups(group, overview.byDepartment());
    }
    for (var by : ListColumn.values()) {
      if (by.key().equals(group)) {
        seen.affected()
            .groups(overview, by)
            .ifPresentOrElse(
                groups ->
                    groups.forEach(
                        each -> rows.add(group, each.name(), each.devices(), each.has())),
                () -> rows.add(group, untold(overview, seen.affected()), null, null));
      }
    }
    for (var source : overview.bySource()) {
      rows.add("detector", source.name(), null, source.devices());
    }
    rows.groups("os", overview.byOs());
    var from = call.asked(Asked::from);
    var to = call.asked(Asked::to);
    var until = to == null || to.isAfter(at) ? at : to;
    for (var sample : seen.history(rule, from == null ? until.minus(USUAL) : from, until)) {
      rows.add(sample.at(), "course", sample.at().toString(), null, sample.hasIt());
    }
    return rows.rows;
  }

  /// Why there are no groups.
  private static String untold(Overview overview, Affected affected) {
    if (overview.tooSmall()) {
      return "too-small";
    }
    return affected.areOfSeveralParts() ? "several-parts" : "too-many";
  }
}
