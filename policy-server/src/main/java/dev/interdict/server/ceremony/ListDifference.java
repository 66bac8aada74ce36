package dev.interdict.server.ceremony;

import dev.interdict.identity.Printable;
import dev.interdict.json.Fault;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.Collection;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleReader;
import dev.interdict.server.ceremony.RuleChange.Kind;
import dev.interdict.server.ceremony.RuleChange.Line;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The difference of two lists in words, with nothing left out: whoever signs sees each member of
/// each rule that would become different. Made from the very bytes that are signed.
public final class ListDifference {
  private ListDifference() {}

  /// What changes from `before` to `next`.
  ///
  /// @throws JsonException if a list cannot be read, or this version does not understand a rule of
  ///   the next one: what cannot be shown must not be signed
  public static List<RuleChange> of(@Nullable Blob before, Blob next) throws JsonException {
    var old = before == null ? new TreeMap<String, Json.Obj>() : rules(before);
    var now = rules(next);
    var changes = new ArrayList<RuleChange>();
    for (var entry : now.entrySet()) {
      var rule = understood(entry.getKey(), entry.getValue());
      var former = old.get(entry.getKey());
      if (former == null) {
        changes.add(new RuleChange(Kind.ADDED, entry.getKey(), title(rule), all(entry.getValue())));
      } else if (!former.equals(entry.getValue())) {
        changes.add(
            new RuleChange(
                Kind.CHANGED, entry.getKey(), title(rule), changed(former, entry.getValue())));
      }
    }
    for (var entry : old.entrySet()) {
      if (!now.containsKey(entry.getKey())) {
        var name = entry.getValue().get("name");
        var title = name instanceof Json.Text(var text) ? Printable.of(text) : "";
        changes.add(new RuleChange(Kind.REMOVED, entry.getKey(), title, List.of()));
      }
    }
    return changes;
  }

  /// What became different of one rule, for whoever looks back at versions of it. A rule that this
  /// version does not understand is told as well, since nothing is signed by it.
  ///
  /// @param former null where the rule was not on the list
  public static List<Line> ofRule(Json.@Nullable Obj former, Json.Obj next) {
    return former == null ? all(next) : changed(former, next);
  }

  /// What changes of the most that devices may tell; empty if nothing does.
  ///
  /// @throws JsonException if this version does not understand what the next list says of it
  public static List<Line> ofCollection(@Nullable Blob before, Blob next) throws JsonException {
    var now = collection(next);
    if (now != null) {
      var faults = new ArrayList<Fault>();
      var _ = Collection.read(now, faults);
      if (!faults.isEmpty()) {
        throw new JsonException(
            "this version does not understand what devices may tell: "
                + faults.getFirst()
                + "; sign with a newer version");
      }
    }
    var old = before == null ? null : collection(before);
    if (Objects.equals(old, now)) {
      return List.of();
    }
    var lines = new ArrayList<Line>();
    for (var line : changed(members(old), members(now))) {
      lines.add(new Line(Blocklist.COLLECTION + "." + line.path(), line.text(), line.warning()));
    }
    if (old == null) {
      lines.add(
          new Line(
              Blocklist.COLLECTION,
              "agents that do not know of it refuse the list and keep the one they hold",
              ""));
    }
    return lines;
  }

  private static @Nullable Json collection(Blob list) throws JsonException {
    return JsonReader.read(list.bytes(), JsonLimits.OWN) instanceof Json.Obj frame
        ? frame.get(Blocklist.COLLECTION)
        : null;
  }

  /// What holds where a list says nothing is compared as if it stood there.
  private static Json.Obj members(@Nullable Json collection) {
    return collection instanceof Json.Obj stated ? stated : Collection.DEFAULT.json();
  }

  private static TreeMap<String, Json.Obj> rules(Blob list) throws JsonException {
    var rules = new TreeMap<String, Json.Obj>();
    if (!(JsonReader.read(list.bytes(), JsonLimits.OWN) instanceof Json.Obj frame)
        || !(frame.get("rules") instanceof Json.Arr(var items))) {
      throw new JsonException("a blocklist without rules");
    }
    for (var item : items) {
      if (!(item instanceof Json.Obj rule)
          || !(rule.get("id") instanceof Json.Text(var id))
          || rules.put(id, rule) != null) {
        throw new JsonException("a rule without an id of its own");
      }
    }
    return rules;
  }

  private static Rule understood(String id, Json.Obj rule) throws JsonException {
    return switch (RuleReader.read(rule)) {
      case RuleReader.Result.Understood(var read) -> read;
      case RuleReader.Result.Faulty(var faults) ->
          throw new JsonException(
              "this version does not understand rule "
                  + Printable.of(id)
                  + ": "
                  + faults.getFirst()
                  + "; sign with a newer version");
    };
  }

  private static String title(Rule rule) {
    return Printable.of(rule.tool().name() + ", by " + rule.tool().publisher());
  }

  private static List<Line> all(Json.Obj rule) {
    var lines = new ArrayList<Line>();
    leaves(rule).forEach((path, value) -> lines.add(new Line(path, shown(value), "")));
    return lines;
  }

  private static List<Line> changed(Json.Obj before, Json.Obj next) {
    var old = leaves(before);
    var now = leaves(next);
    var lines = new ArrayList<Line>();
    now.forEach((path, value) -> {
      var former = old.get(path);
      if (former == null) {
        lines.add(new Line(path, "+ " + shown(value), Graver.added(path)));
      } else if (!former.equals(value)) {
        lines.add(
            new Line(
                path, shown(former) + " -> " + shown(value), Graver.changed(path, former, value)));
      }
    });
    old.forEach((path, value) -> {
      if (!now.containsKey(path)) {
        lines.add(new Line(path, "- " + shown(value), Graver.removed(path)));
      }
    });
    if (lines.isEmpty()) {
      lines.add(new Line("", "only the order within lists", ""));
    }
    return lines;
  }

  /// Values by path. An item of a list is its own path, so that a list reads as what joins it and
  /// what leaves it.
  private static SequencedMap<String, Json> leaves(Json.Obj rule) {
    var leaves = new LinkedHashMap<String, Json>();
    walk("", rule, leaves);
    return leaves;
  }

  private static void walk(String path, Json value, SequencedMap<String, Json> leaves) {
    switch (value) {
      case Json.Obj(var members) when !members.isEmpty() ->
          members.forEach(
              (name, member) -> walk(path.isEmpty() ? name : path + "." + name, member, leaves));
      case Json.Arr(var items) when !items.isEmpty() -> {
        for (var item : items) {
          leaves.put(path + "[" + JsonWriter.line(item) + "]", item);
        }
      }
      default -> leaves.put(path, value);
    }
  }

  private static String shown(Json value) {
    return Printable.of(value instanceof Json.Text(var text) ? text : JsonWriter.line(value));
  }
}
