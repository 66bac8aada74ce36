package dev.interdict.server.web.pages;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.policy.Collection;
import dev.interdict.server.web.Row;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a proposal changes, read from the two texts that it keeps: what was, and what is to be.
/// Immutable.
///
/// @param before empty where there was none, or it is no object
/// @param next alike
public record Proposed(Json.Obj before, Json.Obj next) {
  /// Behind the name of a ring, what it is described as.
  private static final String OF_RING = "is";

  private static final Json.Obj NOTHING = Json.object().build();

  /// One thing that becomes different.
  ///
  /// @param name of the member, nested ones after a dot
  /// @param before empty for nothing
  /// @param next alike
  public record Line(String name, String before, String next) {}

  static Proposed of(String base, String wanted) {
    return new Proposed(object(base), object(wanted));
  }

  /// Of what devices may tell, which is the usual where no list ever said anything.
  static Proposed ofCollection(String base, String wanted) {
    return new Proposed(collection(base), collection(wanted));
  }

  private static Json.Obj collection(String kept) {
    var said = object(kept);
    return said.members().isEmpty() ? Collection.DEFAULT.json() : said;
  }

  /// A hold is kept behind the number of its change.
  private static Json.Obj object(String kept) {
    var begin = kept.indexOf('{');
    try {
      return begin >= 0
              && JsonReader.read(
                      kept.substring(begin).getBytes(StandardCharsets.UTF_8), JsonLimits.OWN)
                  instanceof Json.Obj object
          ? object
          : NOTHING;
    } catch (JsonException e) {
      return NOTHING;
    }
  }

  /// The ring that workstations go to; null where it is about something else.
  @Nullable String ring() {
    return next.get("devices") instanceof Json.Arr
            && next.get("ring") instanceof Json.Text(var ring)
        ? ring
        : null;
  }

  /// The ring whose description becomes different; empty where it is about something else.
  String described() {
    return next.get(OF_RING) instanceof Json.Obj && next.get("ring") instanceof Json.Text(var ring)
        ? ring
        : "";
  }

  /// Those that go there, by the ring that each was in.
  SortedMap<String, List<String>> moved() {
    var moved = new TreeMap<String, List<String>>();
    before
        .members()
        .forEach((device, ring) ->
            moved
                .computeIfAbsent(
                    ring instanceof Json.Text(var name) ? name : "", _ -> new ArrayList<>())
                .add(device));
    return moved;
  }

  /// All that becomes different, in the order of what was.
  List<Line> lines() {
    var was = flat(before);
    var will = flat(next);
    var names = new LinkedHashSet<>(was.keySet());
    names.addAll(will.keySet());
    return names.stream()
        .map(name -> new Line(name, was.getOrDefault(name, ""), will.getOrDefault(name, "")))
        .filter(line -> !line.before().equals(line.next()))
        .toList();
  }

  private static Map<String, String> flat(Json.Obj object) {
    var flat = new LinkedHashMap<String, String>();
    flatten("", object, flat);
    return flat;
  }

  private static void flatten(String prefix, Json.Obj object, Map<String, String> into) {
    var row = new Row(object);
    object
        .members()
        .forEach((name, value) -> {
          if (value instanceof Json.Obj inner) {
            flatten(name.equals(OF_RING) ? prefix : prefix + name + ".", inner, into);
          } else {
            into.put(
                prefix + name,
                value instanceof Json.Arr ? String.join(", ", row.texts(name)) : row.text(name));
          }
        });
  }
}
