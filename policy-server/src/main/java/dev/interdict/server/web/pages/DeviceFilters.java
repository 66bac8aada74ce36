package dev.interdict.server.web.pages;

import dev.interdict.report.OsFamily;
import dev.interdict.server.compliance.DeviceFilter;
import dev.interdict.server.compliance.Status;
import dev.interdict.server.web.Query;
import dev.interdict.server.web.View.Choice;
import dev.interdict.server.web.View.Filter;
import dev.interdict.server.web.Words;
import dev.interdict.server.web.pages.DevicesView.Removable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The filters of the device list, as choices and as what can be taken away again.
final class DeviceFilters {
  /// What an address may filter by.
  static final List<String> KEYS = List.of("rule", "state", "dept", "os", "detector", "q");

  private final Fleet fleet;
  private final Query query;
  private final Words words;

  DeviceFilters(Fleet fleet, Query query, Words words) {
    this.fleet = fleet;
    this.query = query;
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
        .departments()
        .forEach(name -> departments.put(DevicesPage.written(name), departmentName(name)));
    filters.add(choices("dept", departments));
    var systems = new LinkedHashMap<String, String>();
    for (var system : OsFamily.values()) {
      systems.put(system.name().toLowerCase(Locale.ROOT), words.of("os", system));
    }
    filters.add(choices("os", systems));
    if (!filter.sources().isEmpty()) {
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

  /// What the address says of `key`, in the spelling of an offered value that means the same.
  private String chosen(String key, Map<String, String> offered) {
    if (key.equals("rule")) {
      return query.text(key);
    }
    var words = key.equals("state") ? query.all(key) : query.values(key);
    return offered.keySet().stream()
        .filter(value -> Set.of(value.split(",")).equals(words))
        .findFirst()
        .orElseGet(() -> String.join(",", words));
  }

  /// What is in force, each with the way to do without.
  List<Removable> removable(DeviceFilter filter) {
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
    return List.copyOf(removable);
  }

  private String label(String key) {
    return switch (key) {
      case "rule" -> fleet.name(query.text(key));
      case "state" -> {
        var known = states().get(chosen(key, states()));
        yield known != null
            ? known
            : query.all(key).stream()
                .map(word -> words.named("status", word))
                .collect(Collectors.joining(", "));
      }
      case "os" ->
          query.all(key).stream()
              .map(word -> words.named("os", word))
              .collect(Collectors.joining(", "));
      case "dept" ->
          query.values(key).stream()
              .map(name -> departmentName(name.equals("-") ? "" : name))
              .collect(Collectors.joining(", "));
      default -> String.join(", ", query.values(key));
    };
  }

  private String departmentName(String name) {
    return name.isEmpty() ? words.text("overview.no-department") : name;
  }
}
