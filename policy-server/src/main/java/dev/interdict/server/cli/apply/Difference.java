package dev.interdict.server.cli.apply;

import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One place at which two rules differ.
///
/// @param at as the rule file writes it, such as `timeline.effective`
/// @param before null where it was not there
/// @param after null where it is not there any more
record Difference(String at, @Nullable String before, @Nullable String after) {

  /// All of them, in the order of the rule.
  static List<Difference> between(Json before, Json after) {
    var all = new ArrayList<Difference>();
    compare("", before, after, all);
    return all;
  }

  private static void compare(
      String at, @Nullable Json before, @Nullable Json after, List<Difference> all) {
    if (before instanceof Json.Obj old && after instanceof Json.Obj now) {
      var names = new LinkedHashSet<>(old.members().keySet());
      names.addAll(now.members().keySet());
      for (var name : names) {
        compare(at.isEmpty() ? name : at + "." + name, old.get(name), now.get(name), all);
      }
    } else if (before instanceof Json.Arr(var old) && after instanceof Json.Arr(var now)) {
      items(at, old, now, all);
    } else if (before == null ? after != null : !before.equals(after)) {
      all.add(new Difference(at, text(before), text(after)));
    }
  }

  /// Lists differ by what left and what came; one that is only in another order, as a whole.
  private static void items(String at, List<Json> old, List<Json> now, List<Difference> all) {
    var left = new ArrayList<>(old);
    now.forEach(left::remove);
    var came = new ArrayList<>(now);
    old.forEach(came::remove);
    left.forEach(item -> all.add(new Difference(at, text(item), null)));
    came.forEach(item -> all.add(new Difference(at, null, text(item))));
    if (left.isEmpty() && came.isEmpty() && !old.equals(now)) {
      all.add(new Difference(at, text(new Json.Arr(old)), text(new Json.Arr(now))));
    }
  }

  private static @Nullable String text(@Nullable Json json) {
    return json == null ? null : json instanceof Json.Text(var text) ? text : JsonWriter.line(json);
  }
}
