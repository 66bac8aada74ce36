package dev.interdict.server.web.pages;

import dev.interdict.server.query.Terms;
import dev.interdict.server.web.Query;
import dev.interdict.server.web.View.Choice;
import dev.interdict.server.web.Words;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The filters of a list that are in force, in words, and each with the way to do without. Pure
/// functions.
public final class Chips {
  /// What is read as it stands.
  private static final Set<String> PLAIN =
      Set.of("q", "from", "to", "before", "reviewed", "request", Listed.ZONE);

  /// Of which several may stand in one value.
  private static final Set<String> WORDS = Set.of("state", "os", "type");

  private Chips() {}

  /// Each of `keys` that the address has.
  ///
  /// @param offered what values are called, by key, where a form offers them
  static List<DevicesView.Removable> of(
      String path,
      Query query,
      Collection<String> keys,
      Map<String, List<Choice>> offered,
      Words words) {
    var left = new LinkedHashMap<>(query.values());
    left.remove(Listed.AFTER);
    return keys.stream()
        .filter(key -> !query.text(key).isEmpty())
        .map(key ->
            new DevicesView.Removable(
                name(path, key, words)
                    + ": "
                    + said(key, query, offered.getOrDefault(key, List.of()), words),
                new Query(left).at(path, key, "")))
        .toList();
  }

  /// What the address says of `key`: those that are meant, then those that are not.
  ///
  /// @param offered what values are called where a form offers them
  public static String said(String key, Query query, List<Choice> offered, Words words) {
    var values = query.values(key);
    if (PLAIN.contains(key)) {
      return values.stream()
          .map(value -> value(key, value, offered, words))
          .collect(Collectors.joining(", "));
    }
    var terms = Terms.read(WORDS.contains(key) ? query.all(key) : values);
    return Stream.concat(
            terms.any().stream()
                .sorted(words.names())
                .map(value -> value(key, value, offered, words)),
            terms.none().stream()
                .sorted(words.names())
                .map(value -> words.text("filter.not", value(key, value, offered, words))))
        .collect(Collectors.joining(", "));
  }

  private static String name(String path, String key, Words words) {
    return words.text(
        switch (key) {
          case "q" -> "filter.search";
          case "actor", "action", "object", "request" -> "audit." + key;
          case "category" -> "exemption.category";
          case "class" -> "queue.why";
          case "owner" -> path.equals(RulesPage.PATH) ? "rules.owner" : "queue.owner";
          case "before" -> "queue.before";
          case "type" -> "events.what";
          case "reviewed" -> "software.reviewed";
          default -> "filter." + key;
        });
  }

  private static String value(String key, String value, List<Choice> offered, Words words) {
    // A choice of nothing chooses all of them, not those of no name.
    for (var choice : offered) {
      if (choice.value().equals(Terms.written(value))) {
        return choice.label();
      }
    }
    return switch (key) {
      case "os" -> words.named("os", value);
      case "state" -> words.named("queue.state", value);
      case "class" -> value.isEmpty() ? words.text("filter.none") : words.named("error", value);
      case "detector" -> words.named("source", value);
      case "type" -> EventsPage.caption(value, words);
      case "closed" -> words.text("filter.shown");
      case "owner" -> value.isEmpty() ? words.text("queue.nobody") : value;
      case "dept" -> value.isEmpty() ? words.text("overview.no-department") : value;
      default -> value.isEmpty() ? words.text("filter.none") : value;
    };
  }
}
