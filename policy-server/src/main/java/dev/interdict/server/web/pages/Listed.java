package dev.interdict.server.web.pages;

import dev.interdict.server.web.Asking;
import dev.interdict.server.web.Href;
import dev.interdict.server.web.Page;
import dev.interdict.server.web.Query;
import dev.interdict.server.web.Row;
import dev.interdict.server.web.View;
import dev.interdict.server.web.Words;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A list of the API as a page shows it: the same keys in the page's address, the API's and the
/// export's, so that each shows the same rows. Immutable.
///
/// @param path of the page
/// @param answer what the API answered
/// @param member that holds the rows
/// @param keys by which the list is filtered
/// @param usual what stands for a key that the address does not have
/// @param more what else the template needs, by name
public record Listed(
    String template,
    String path,
    Query query,
    Row answer,
    String member,
    List<String> keys,
    Map<String, String> usual,
    Map<String, Row> more,
    Clock clock)
    implements View {
  /// The key that says of which zone days are; the page's own where the address has none.
  static final String ZONE = "tz";

  /// The key that says where a page begins.
  static final String AFTER = "page_after";

  /// Keys that leave every row in.
  private static final Set<String> KEEPING_ALL = Set.of("sort", ZONE);

  public Listed {
    keys = List.copyOf(keys);
    usual = Map.copyOf(usual);
    more = Map.copyOf(more);
  }

  /// Asks for a list.
  ///
  /// @param operation that lists
  /// @param days keys whose values are days in the page's zone, and instants for the API
  static Listed of(
      String template,
      Page.Ask ask,
      String path,
      String operation,
      String member,
      Clock clock,
      List<String> keys,
      List<String> days) {
    return of(template, ask, path, operation, member, clock, keys, days, Map.of());
  }

  /// The same where a key means something else than to the API while the address does not have it.
  static Listed of(
      String template,
      Page.Ask ask,
      String path,
      String operation,
      String member,
      Clock clock,
      List<String> keys,
      List<String> days,
      Map<String, String> instead) {
    var usual = new LinkedHashMap<>(instead);
    if (keys.contains(ZONE)) {
      usual.put(ZONE, clock.zone().getId());
    }
    var parameters = new LinkedHashMap<>(Asking.chosen(ask.query(), keys.toArray(String[]::new)));
    usual.forEach((key, value) -> {
      if (ask.query().text(key).isEmpty()) {
        parameters.put(key, List.of(value));
      }
    });
    for (var day : days) {
      parameters.computeIfPresent(day, (_, given) -> List.of(instant(given.getFirst(), clock)));
    }
    parameters.putAll(Asking.chosen(ask.query(), AFTER));
    return new Listed(
        template,
        path,
        ask.query(),
        ask.api().read(operation, parameters),
        member,
        keys,
        usual,
        Map.of(),
        clock);
  }

  private static String instant(String given, Clock clock) {
    try {
      return LocalDate.parse(given).atStartOfDay(clock.zone()).toInstant().toString();
    } catch (DateTimeException e) {
      // An instant already, or what the API will complain of.
      return given;
    }
  }

  /// The same with something more for its template.
  Listed and(String name, Row row) {
    var all = new LinkedHashMap<>(more);
    all.put(name, row);
    return new Listed(template, path, query, answer, member, keys, usual, all, clock);
  }

  public List<Row> rows() {
    return answer.rows(member);
  }

  /// How many there are on all pages.
  public long total() {
    return answer.number("total");
  }

  /// Whether any filter is set.
  public boolean filtered() {
    return keys.stream().anyMatch(key -> !KEEPING_ALL.contains(key) && !query.text(key).isEmpty());
  }

  /// What is in force, each with the way to do without.
  ///
  /// @param offered what values are called, by key, where the page's form offers them
  /// @param but keys that the page says itself
  public List<DevicesView.Removable> chips(
      Map<String, List<Choice>> offered, Words words, String... but) {
    var said = Set.of(but);
    return Chips.of(
        path,
        query,
        Stream.concat(
                keys.stream().filter(key -> !KEEPING_ALL.contains(key) && !said.contains(key)),
                Stream.of(ZONE))
            .toList(),
        offered,
        words);
  }

  /// What the form of this page would lose, having no field for it.
  ///
  /// @param fields the keys that it has
  public List<DevicesView.Kept> kept(String... fields) {
    var without = Set.of(fields);
    return Stream.concat(keys.stream(), Stream.of(ZONE))
        .distinct()
        .filter(key -> !without.contains(key))
        .flatMap(key -> query.values(key).stream().map(value -> new DevicesView.Kept(key, value)))
        .toList();
  }

  /// Whether one of these filters is set, and is one of this list's.
  public boolean filtered(String... some) {
    return List.of(some).stream().anyMatch(key -> keys.contains(key) && !query.text(key).isEmpty());
  }

  public @Nullable Href first() {
    return query.text(AFTER).isEmpty() ? null : query.at(path, AFTER, "");
  }

  public @Nullable Href next() {
    var next = answer.text("next");
    return next.isEmpty() ? null : query.at(path, AFTER, next);
  }

  /// The whole list as a file.
  ///
  /// @param operation that exports it
  public Href export(String operation, String format) {
    var href = Href.to("/export", operation).with("format", format);
    // Only where days are meant, or every file would name a zone.
    var days = !query.text("from").isEmpty() || !query.text("to").isEmpty();
    for (var key : keys) {
      for (var value : query.values(key)) {
        href = href.with(key, value);
      }
      if (query.text(key).isEmpty() && usual.containsKey(key) && (days || !key.equals(ZONE))) {
        href = href.with(key, usual.getOrDefault(key, ""));
      }
    }
    return keys.contains(ZONE) ? href : href.with(ZONE, query.text(ZONE));
  }
}
