package dev.interdict.server.web.pages;

import dev.interdict.report.OsFamily;
import dev.interdict.server.compliance.Overview;
import dev.interdict.server.compliance.Part;
import dev.interdict.server.query.Asked;
import dev.interdict.server.query.Terms;
import dev.interdict.server.web.Href;
import dev.interdict.server.web.Query;
import dev.interdict.server.web.View.Choice;
import dev.interdict.server.web.View.Filter;
import dev.interdict.server.web.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// To what part of the fleet, and since when, an overview is narrowed by its address; and how its
/// links stay within. Immutable.
///
/// @param days how far back; null for since the announcement
record Narrowed(Query query, Part part, @Nullable Integer days) {
  private static final String DEPT = "dept";
  private static final String OS = "os";
  private static final String PERIOD = "period";
  private static final List<Integer> PERIODS = List.of(7, 30, 90);

  /// @throws IllegalArgumentException if the address is not understood
  static Narrowed of(Query query) {
    var period = query.text(PERIOD);
    var days = PERIODS.stream().filter(each -> period.equals(each + "d")).findFirst().orElse(null);
    if (days == null && !period.isEmpty()) {
      throw new IllegalArgumentException("period: 7d, 30d or 90d");
    }
    return new Narrowed(query, Part.read(new Asked(query.values())), days);
  }

  /// From when on the course is shown; null for since the announcement.
  @Nullable Instant from(Instant now) {
    return days == null ? null : now.minus(Duration.ofDays(days));
  }

  /// A list of the same part.
  Href to(Href list) {
    return but("", list);
  }

  /// A list that says itself by `key` which of the part it is.
  Href but(String key, Href list) {
    var href = list;
    for (var each : List.of(DEPT, OS)) {
      if (!each.equals(key)) {
        for (var value : terms(each).written()) {
          href = href.with(each, value);
        }
      }
    }
    return href;
  }

  private Terms terms(String key) {
    return key.equals(DEPT) ? part.departments() : part.os();
  }

  /// The choices beside the rule. Several names of one key are no choice: see [#kept].
  ///
  /// @param departments that there are to choose from
  List<Filter> filters(Collection<String> departments, Words words) {
    var filters = new ArrayList<Filter>();
    var offered = new LinkedHashMap<String, String>();
    departments.forEach(name -> offered.put(Terms.written(name), department(name, words)));
    add(filters, DEPT, offered, words);
    var systems = new LinkedHashMap<String, String>();
    for (var system : OsFamily.values()) {
      systems.put(system.name().toLowerCase(Locale.ROOT), words.of(OS, system));
    }
    add(filters, OS, systems, words);
    var periods = new ArrayList<Choice>();
    periods.add(new Choice("", words.text("overview.period.announced"), days == null));
    for (var each : PERIODS) {
      periods.add(
          new Choice(
              each + "d", words.text("overview.period.days", each), Objects.equals(each, days)));
    }
    filters.add(new Filter(PERIOD, words.text("overview.period"), periods));
    return List.copyOf(filters);
  }

  private void add(List<Filter> filters, String key, Map<String, String> offered, Words words) {
    var written = terms(key).written();
    if (written.size() > 1) {
      return;
    }
    var chosen = written.isEmpty() ? "" : written.getFirst();
    var choices = new ArrayList<Choice>();
    choices.add(new Choice("", words.text("filter.all"), chosen.isEmpty()));
    offered.forEach((value, label) -> choices.add(new Choice(value, label, value.equals(chosen))));
    if (!chosen.isEmpty() && !offered.containsKey(chosen)) {
      choices.add(new Choice(chosen, label(key, words), true));
    }
    filters.add(new Filter(key, words.text("filter." + key), choices));
  }

  /// What stands in the address and in no choice, which choosing must not lose.
  List<DevicesView.Kept> kept() {
    var kept = new ArrayList<DevicesView.Kept>();
    for (var key : List.of(DEPT, OS)) {
      var written = terms(key).written();
      if (written.size() > 1) {
        written.forEach(value -> kept.add(new DevicesView.Kept(key, value)));
      }
    }
    if (!query.text("group").isEmpty()) {
      kept.add(new DevicesView.Kept("group", query.text("group")));
    }
    return List.copyOf(kept);
  }

  /// What is in force, each with the address without it.
  List<DevicesView.Removable> removable(Words words) {
    var removable = new ArrayList<DevicesView.Removable>();
    for (var key : List.of(DEPT, OS)) {
      if (!terms(key).isAll()) {
        removable.add(
            new DevicesView.Removable(
                words.text("filter." + key) + ": " + label(key, words), query.at("/", key, "")));
      }
    }
    return List.copyOf(removable);
  }

  private String label(String key, Words words) {
    var labels = new ArrayList<String>();
    terms(key).any().stream().sorted().forEach(value -> labels.add(name(key, value, words)));
    terms(key).none().stream()
        .sorted()
        .forEach(value -> labels.add(words.text("filter.not", name(key, value, words))));
    return String.join(", ", labels);
  }

  private static String name(String key, String value, Words words) {
    return key.equals(OS) ? words.named(OS, value) : department(value, words);
  }

  private static String department(String name, Words words) {
    return name.isEmpty() ? words.text("overview.no-department") : name;
  }

  /// The departments that an overview tells apart: to ask for all would cost a look of its own.
  static List<String> departments(Overview overview) {
    return overview.byDepartment().stream()
        .map(Overview.Group::name)
        .filter(name -> !name.equals(Overview.Group.SMALL))
        .sorted()
        .toList();
  }
}
