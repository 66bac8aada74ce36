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
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// To what part of the fleet, and to which time, an overview is narrowed by its address; and how
/// its links stay within. Immutable.
record Narrowed(Query query, Part part, Period period) {
  private static final String DEPT = "dept";
  private static final String OS = "os";
  private static final String RING = "ring";

  /// The keys that say of which part of the fleet it is.
  private static final List<String> KEYS = List.of(DEPT, OS, RING);

  /// @throws IllegalArgumentException if the address is not understood
  static Narrowed of(Query query) {
    return new Narrowed(query, Part.read(new Asked(query.values())), Period.of(query));
  }

  /// The address of this for somebody else, who sees the same rule and days whenever they look.
  Href copied(String rule, Instant now, ZoneId zone) {
    var left = new LinkedHashMap<>(query.values());
    left.keySet().removeAll(List.of("rule", "period", "from", "to"));
    return period.in(new Query(left).at("/", "rule", rule), now, zone);
  }

  /// A list of the same part.
  Href to(Href list) {
    return but("", list);
  }

  /// A list that says itself by `key` which of the part it is.
  Href but(String key, Href list) {
    var href = list;
    for (var each : KEYS) {
      if (!each.equals(key)) {
        for (var value : terms(each).written()) {
          href = href.with(each, value);
        }
      }
    }
    return href;
  }

  private Terms terms(String key) {
    return switch (key) {
      case DEPT -> part.departments();
      case OS -> part.os();
      default -> part.rings();
    };
  }

  /// The choices beside the rule. Several names of one key are no choice: see [#kept].
  ///
  /// @param departments that there are to choose from
  /// @param rings that there are to choose from
  List<Filter> filters(Collection<String> departments, Collection<String> rings, Words words) {
    var filters = new ArrayList<Filter>();
    var offered = new LinkedHashMap<String, String>();
    departments.forEach(name -> offered.put(Terms.written(name), name(DEPT, name, words)));
    add(filters, DEPT, offered, words);
    var systems = new LinkedHashMap<String, String>();
    for (var system : OsFamily.values()) {
      systems.put(system.name().toLowerCase(Locale.ROOT), words.of(OS, system));
    }
    add(filters, OS, systems, words);
    var ringed = new LinkedHashMap<String, String>();
    rings.forEach(name -> ringed.put(Terms.written(name), name(RING, name, words)));
    add(filters, RING, ringed, words);
    filters.add(period.filter(words));
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
    for (var key : KEYS) {
      var written = terms(key).written();
      if (written.size() > 1) {
        written.forEach(value -> kept.add(new DevicesView.Kept(key, value)));
      }
    }
    for (var key : List.of("group", Listed.ZONE)) {
      if (!query.text(key).isEmpty()) {
        kept.add(new DevicesView.Kept(key, query.text(key)));
      }
    }
    return List.copyOf(kept);
  }

  /// What is in force, each with the address without it.
  List<DevicesView.Removable> removable(Words words) {
    var removable = new ArrayList<DevicesView.Removable>();
    for (var key : KEYS) {
      if (!terms(key).isAll()) {
        removable.add(
            new DevicesView.Removable(
                words.text("filter." + key) + ": " + label(key, words), query.at("/", key, "")));
      }
    }
    removable.addAll(Chips.of("/", query, List.of(Listed.ZONE), Map.of(), words));
    return List.copyOf(removable);
  }

  private String label(String key, Words words) {
    var labels = new ArrayList<String>();
    terms(key).any().stream()
        .sorted(words.names())
        .forEach(value -> labels.add(name(key, value, words)));
    terms(key).none().stream()
        .sorted(words.names())
        .forEach(value -> labels.add(words.text("filter.not", name(key, value, words))));
    return String.join(", ", labels);
  }

  private static String name(String key, String value, Words words) {
    if (key.equals(OS)) {
      return words.named(OS, value);
    }
    return value.isEmpty()
        ? words.text(key.equals(DEPT) ? "overview.no-department" : "rings.no-name")
        : value;
  }

  /// The departments that an overview tells apart: to ask for all would cost a look of its own.
  static List<String> departments(Overview overview, Words words) {
    return overview.byDepartment().stream()
        .map(Overview.Group::name)
        .filter(name -> !name.equals(Overview.Group.SMALL))
        .sorted(words.names())
        .toList();
  }
}
