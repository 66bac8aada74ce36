package dev.interdict.server.direction;

import dev.interdict.identity.Printable;
import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Walks two rules member by member. A member that differs is measured by its gauge; one that has
/// none is graver, whatever it says: so is each that a later version adds.
record Members(Gauges gauges) {
  /// Objects that only hold others, absent ones being empty.
  private static final Set<String> HOLDERS =
      Set.of("", "replacement", "timeline", "timeline.defer", "scope", "scope.groups", "limits");

  private static final Json.Obj EMPTY = Json.object().build();
  private static final int MOST = 120;

  void compare(String path, @Nullable Json before, @Nullable Json next, List<Step> steps) {
    if (Objects.equals(before, next)) {
      return;
    }
    var gauge = gauges.of(path);
    if (gauge != null) {
      steps.addAll(gauge.steps(before, next));
    } else if (HOLDERS.contains(path)
        && (before == null || before instanceof Json.Obj)
        && (next == null || next instanceof Json.Obj)) {
      var old = before instanceof Json.Obj object ? object : EMPTY;
      var now = next instanceof Json.Obj object ? object : EMPTY;
      var names = new LinkedHashSet<>(old.members().keySet());
      names.addAll(now.members().keySet());
      for (var name : names) {
        compare(path.isEmpty() ? name : path + "." + name, old.get(name), now.get(name), steps);
      }
    } else {
      steps.add(Step.graver(path, words(before, next)));
    }
  }

  /// What stood there and what is to stand there.
  static String words(@Nullable Json before, @Nullable Json next) {
    return word(before) + " -> " + word(next);
  }

  static String word(@Nullable Json json) {
    if (json == null) {
      return "-";
    }
    return Printable.of(json instanceof Json.Text(var text) ? text : JsonWriter.line(json), MOST);
  }
}
