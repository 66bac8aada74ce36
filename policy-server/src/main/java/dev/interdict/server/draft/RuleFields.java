package dev.interdict.server.draft;

import dev.interdict.json.Fault;
import dev.interdict.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The usual fields of a rule, as a form has them: the same members as the rule's, but for its
/// matchers, which are words by their kind ([MatchKind]). A field that says what the rule says
/// already changes nothing of it. Pure functions.
public final class RuleFields {
  private static final String MATCH = "match";

  /// The members that are fields, as paths.
  private static final List<String> TEXTS =
      List.of(
          "name",
          "publisher",
          "risk",
          "reason.en",
          "reason.zh-CN",
          "replacement.name",
          "replacement.url",
          "enforcement",
          "timeline.announce",
          "timeline.effective",
          "timeline.zone",
          "timeline.clock",
          "timeline.minimum-notice",
          "timeline.defer.by");

  private static final List<String> NUMBERS =
      List.of("timeline.defer.times", "limits.max-items-per-device");

  private static final List<String> LISTS =
      List.of("scope.os", "scope.groups.include", "scope.groups.exclude", "keep");

  private static final List<String> PATHS =
      Stream.of(TEXTS, NUMBERS, LISTS).flatMap(List::stream).toList();

  private static final Set<String> DATES = Set.of("timeline.announce", "timeline.effective");
  private static final int TO_THE_MINUTE = "2026-07-10T00:00".length();

  private RuleFields() {}

  /// What the fields of a rule show.
  public static Json.Obj of(Json.Obj rule) {
    Json fields = Json.object().build();
    for (var path : PATHS) {
      var value = shown(path, at(rule, path));
      if (value != null) {
        fields = with(fields, List.of(path.split("\\.", -1)), value);
      }
    }
    var words = Json.object();
    words(rule).forEach((kind, all) -> words.put(kind.field(), Json.texts(List.copyOf(all))));
    return (Json.Obj) with(fields, List.of(MATCH), words.build());
  }

  /// The names of the rule's members that no field shows, such as `assessment` and
  /// `timeline.reminders`.
  public static Set<String> unseen(Json.Obj rule) {
    var unseen = new TreeSet<String>();
    collect(rule, "", unseen);
    unseen.removeIf(path -> path.equals("id") || path.equals(MATCH));
    return unseen;
  }

  /// How many of the rule's matchers no field shows.
  public static long unseenMatchers(Json.Obj rule) {
    return matchers(rule).stream().filter(each -> MatchKind.shown(each).isEmpty()).count();
  }

  /// The field that shows what is at `pointer` in a rule; null where none does.
  public static @Nullable String field(Json.Obj rule, String pointer) {
    var path = pointer.replaceFirst("^/", "").replace('/', '.');
    if (path.startsWith(MATCH + ".")) {
      var number = path.substring(MATCH.length() + 1).replaceFirst("\\..*", "");
      var matchers = matchers(rule);
      return number.matches("[0-9]{1,5}") && Integer.parseInt(number) < matchers.size()
          ? MatchKind.shown(matchers.get(Integer.parseInt(number)))
              .map(shown -> MATCH + "." + shown.kind().field())
              .orElse(null)
          : null;
    }
    return PATHS.stream()
        .filter(each -> path.equals(each) || path.startsWith(each + "."))
        .findFirst()
        .orElse(null);
  }

  /// The rule with what the fields say. A field that is left out takes what it shows away.
  ///
  /// @param faults gets what cannot be written, by the field
  public static Json.Obj onto(Json.Obj rule, Json.Obj fields, List<Fault> faults) {
    Json written = rule;
    for (var path : PATHS) {
      var before = shown(path, at(rule, path));
      var after = at(fields, path);
      if (after == null ? before != null : !after.equals(before)) {
        written = with(written, List.of(path.split("\\.", -1)), after);
      }
    }
    var matchers = matchers(rule, fields, faults);
    return matchers.equals(matchers(rule))
        ? (Json.Obj) written
        : (Json.Obj) with(written, List.of(MATCH), new Json.Arr(matchers));
  }

  /// The value as a field can show it; null for one that none can.
  private static @Nullable Json shown(String path, @Nullable Json value) {
    return switch (value) {
      case Json.Text(var text)
          when DATES.contains(path) && text.endsWith(":00") && text.length() == TO_THE_MINUTE + 3 ->
          new Json.Text(text.substring(0, TO_THE_MINUTE));
      case Json.Text text when TEXTS.contains(path) && !text.value().isBlank() -> text;
      case Json.Int number when NUMBERS.contains(path) -> number;
      case Json.Arr list
          when LISTS.contains(path)
              && !list.items().isEmpty()
              && list.items().stream().allMatch(RuleFields::isLine) ->
          list;
      case null, default -> null;
    };
  }

  private static boolean isLine(Json item) {
    return item instanceof Json.Text(var text)
        && !text.isEmpty()
        && text.equals(text.strip())
        && text.lines().count() == 1;
  }

  private static @Nullable Json at(Json.Obj json, String path) {
    Json found = json;
    for (var name : path.split("\\.", -1)) {
      found = found instanceof Json.Obj object ? object.get(name) : null;
    }
    return found;
  }

  /// The same with another value at the path; null takes it away, and an object that it leaves
  /// empty too.
  private static Json with(@Nullable Json json, List<String> path, @Nullable Json value) {
    var members =
        new LinkedHashMap<>(json instanceof Json.Obj object ? object.members() : Map.of());
    var name = path.getFirst();
    var put = value;
    if (path.size() > 1) {
      var inner = with(members.get(name), path.subList(1, path.size()), value);
      put = inner instanceof Json.Obj object && object.members().isEmpty() ? null : inner;
    }
    if (put == null) {
      members.remove(name);
    } else {
      members.put(name, put);
    }
    return new Json.Obj(members);
  }

  private static void collect(Json.Obj object, String prefix, Set<String> unseen) {
    object
        .members()
        .forEach((name, value) -> {
          var path = prefix + name;
          var inside = PATHS.stream().anyMatch(each -> each.startsWith(path + "."));
          if (inside && value instanceof Json.Obj inner) {
            collect(inner, path + ".", unseen);
          } else if (shown(path, value) == null) {
            unseen.add(path);
          }
        });
  }

  private static List<Json> matchers(Json.Obj rule) {
    return rule.get(MATCH) instanceof Json.Arr(var items) ? items : List.of();
  }

  private static Map<MatchKind, Set<String>> words(Json.Obj rule) {
    var words = new LinkedHashMap<MatchKind, Set<String>>();
    for (var matcher : matchers(rule)) {
      MatchKind.shown(matcher)
          .ifPresent(shown ->
              words.computeIfAbsent(shown.kind(), _ -> new LinkedHashSet<>()).add(shown.word()));
    }
    return words;
  }

  private static List<Json> matchers(Json.Obj rule, Json.Obj fields, List<Fault> faults) {
    var matchers = new ArrayList<>(matchers(rule));
    var before = words(rule);
    for (var kind : MatchKind.values()) {
      var after = new LinkedHashSet<String>();
      if (at(fields, MATCH + "." + kind.field()) instanceof Json.Arr(var items)) {
        items.forEach(item -> after.add(item instanceof Json.Text(var text) ? text : ""));
      }
      var shown = before.getOrDefault(kind, Set.of());
      matchers.removeIf(matcher ->
          MatchKind.shown(matcher)
              .filter(each -> each.kind() == kind && !after.contains(each.word()))
              .isPresent());
      after.removeAll(shown);
      var place = place(matchers, kind);
      for (var word : after) {
        try {
          matchers.add(place++, kind.matcher(word));
        } catch (IllegalArgumentException e) {
          faults.add(
              new Fault("/" + MATCH + "/" + kind.field(), "\"" + word + "\": " + e.getMessage()));
          place--;
        }
      }
    }
    return matchers;
  }

  /// Behind those of its kind; else before what a matcher without words of its own says of the
  /// others.
  private static int place(List<Json> matchers, MatchKind kind) {
    var last = matchers.size();
    for (var i = matchers.size() - 1; i >= 0; i--) {
      if (MatchKind.shown(matchers.get(i)).filter(each -> each.kind() == kind).isPresent()) {
        return i + 1;
      }
      if (matchers.get(i) instanceof Json.Obj object && object.get("process") != null) {
        last = i;
      }
    }
    return last;
  }
}
