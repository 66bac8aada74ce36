package dev.interdict.server.web.pages;

import dev.interdict.report.OsFamily;
import dev.interdict.server.compliance.DeviceFilter;
import dev.interdict.server.compliance.Status;
import dev.interdict.server.query.Asked;
import dev.interdict.server.query.Terms;
import dev.interdict.server.web.Href;
import dev.interdict.server.web.Query;
import dev.interdict.server.web.View.Choice;
import dev.interdict.server.web.View.Filter;
import dev.interdict.server.web.Words;
import dev.interdict.server.web.pages.DevicesView.Kept;
import dev.interdict.server.web.pages.DevicesView.Removable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The filters of the device list, as choices and as what can be taken away again.
final class DeviceFilters {
  /// What an address may filter by.
  static final List<String> KEYS =
      List.of(
          "rule",
          "state",
          "dept",
          "os",
          "ring",
          "version",
          "detector",
          "owner",
          "site",
          "manager",
          "q");

  /// What is typed: there may be thousands of these.
  static final List<String> TYPED = List.of("site", "manager");

  /// What else it may say of the list.
  private static final List<String> LOOK = List.of("sort", "cols", Listed.ZONE);

  /// So many versions of the agent are offered, those of most devices.
  private static final int OFFERED = 20;

  private final Fleet fleet;
  private final Query query;
  private final Asked asked;
  private final Words words;

  DeviceFilters(Fleet fleet, Query query, Words words) {
    this.fleet = fleet;
    this.query = query;
    this.asked = new Asked(query.values());
    this.words = words;
  }

  /// Every filter with its values. A value that is in force but no longer offered stays choosable,
  /// or choosing in another filter would lose it.
  List<Filter> choices(DeviceFilter filter) {
    var filters = new ArrayList<Filter>();
    var rules = new LinkedHashMap<String, String>();
    fleet.rules().forEach(rule -> rules.put(rule.id().value(), rule.tool().name()));
    filters.add(choices("rule", rules));
    if (filter.rule() != null) {
      filters.add(choices("state", states()));
    }
    var departments = new LinkedHashMap<String, String>();
    fleet
        .departments(words)
        .forEach(name -> departments.put(Terms.written(name), departmentName(name)));
    if (isChoice("dept")) {
      filters.add(choices("dept", departments));
    }
    var systems = new LinkedHashMap<String, String>();
    for (var system : OsFamily.values()) {
      systems.put(system.name().toLowerCase(Locale.ROOT), words.of("os", system));
    }
    filters.add(choices("os", systems));
    var rings = new LinkedHashMap<String, String>();
    fleet.rings(words).forEach(name -> rings.put(Terms.written(name), label("ring", name)));
    if (isChoice("ring") && (rings.size() > 1 || !filter.rings().isAll())) {
      filters.add(choices("ring", rings));
    }
    if (isChoice("version")) {
      var versions = new LinkedHashMap<String, String>();
      fleet
          .versions(OFFERED)
          .forEach(name -> versions.put(Terms.written(name), label("version", name)));
      filters.add(choices("version", versions));
    }
    if (!filter.sources().isAll() && isChoice("detector")) {
      filters.add(choices("detector", Map.of()));
    }
    return List.copyOf(filters);
  }

  private Map<String, String> states() {
    var states = new LinkedHashMap<String, String>();
    states.put(Standings.written(Standings.havingIt()), words.text("overview.headline"));
    states.put(Standings.written(Standings.clear()), words.text("filter.clear-any"));
    for (var status : Status.values()) {
      states.put(status.word(), words.of("status", status));
    }
    return states;
  }

  private Filter choices(String key, Map<String, String> offered) {
    var chosen = chosen(key, offered);
    var choices = new ArrayList<Choice>();
    choices.add(new Choice("", words.text("filter.any"), chosen.isEmpty()));
    offered.forEach((value, label) -> choices.add(new Choice(value, label, value.equals(chosen))));
    if (!chosen.isEmpty() && !offered.containsKey(chosen)) {
      choices.add(new Choice(chosen, label(key), true));
    }
    return new Filter(key, words.text("filter." + key), choices);
  }

  private Terms terms(String key) {
    return switch (key) {
      case "state" -> asked.words(key, Stream.of(Status.values()).map(Status::word).toList());
      case "os" -> asked.systems();
      default -> asked.names(key);
    };
  }

  /// What the address says of `key`, in the spelling of an offered value that means the same. Only
  /// words can stand behind one another in one value.
  private String chosen(String key, Map<String, String> offered) {
    if (key.equals("rule")) {
      return query.text(key);
    }
    var written = terms(key).written();
    return offered.keySet().stream()
        .filter(value -> Set.of(value.split(",")).equals(Set.copyOf(written)))
        .findFirst()
        .orElseGet(() -> String.join(",", written));
  }

  /// Several names cannot be one choice.
  private boolean isChoice(String key) {
    return !List.of("dept", "ring", "version", "detector").contains(key)
        || terms(key).written().size() <= 1;
  }

  /// What stands in the address and in none of these choices, nor is typed.
  List<Kept> kept(List<Filter> choices) {
    var kept = new ArrayList<Kept>();
    for (var key : Stream.concat(KEYS.stream(), LOOK.stream()).toList()) {
      if (!TYPED.contains(key) && choices.stream().noneMatch(each -> each.key().equals(key))) {
        query.values(key).forEach(value -> kept.add(new Kept(key, value)));
      }
    }
    return kept;
  }

  /// The first page of the same the other way round.
  Href otherOrder(boolean falling) {
    var left = new LinkedHashMap<>(query.values());
    left.remove("page_after");
    return new Query(left).at(DevicesPage.PATH, "sort", falling ? "" : "-host");
  }

  /// What is in force, each with the way to do without.
  List<Removable> removable() {
    var removable = new ArrayList<Removable>();
    for (var key : KEYS) {
      if (!query.text(key).isEmpty()) {
        var left = new LinkedHashMap<>(query.values());
        left.remove("page_after");
        if (key.equals("rule")) {
          left.remove("state");
          left.remove("detector");
        }
        var name = key.equals("q") ? "filter.search" : "filter." + key;
        removable.add(
            new Removable(
                words.text(name) + ": " + label(key),
                new Query(left).at(DevicesPage.PATH, key, "")));
      }
    }
    removable.addAll(Chips.of(DevicesPage.PATH, query, List.of(Listed.ZONE), Map.of(), words));
    return List.copyOf(removable);
  }

  private String label(String key) {
    if (key.equals("rule")) {
      return fleet.name(query.text(key));
    }
    if (key.equals("q")) {
      return query.text(key);
    }
    var known = key.equals("state") ? states().get(chosen(key, states())) : null;
    if (known != null) {
      return known;
    }
    var terms = terms(key);
    return Stream.concat(
            terms.any().stream().sorted(words.names()).map(value -> label(key, value)),
            terms.none().stream()
                .sorted(words.names())
                .map(value -> words.text("filter.not", label(key, value))))
        .collect(Collectors.joining(", "));
  }

  private String label(String key, String value) {
    return switch (key) {
      case "state" -> words.named("status", value);
      case "os" -> words.named("os", value);
      case "dept" -> departmentName(value);
      case "version" -> value.isEmpty() ? words.text("overview.no-version") : value;
      default -> value.isEmpty() ? words.text("filter.none") : value;
    };
  }

  private String departmentName(String name) {
    return name.isEmpty() ? words.text("overview.no-department") : name;
  }
}
