package dev.interdict.fuzz;

import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Writes a document again with one of its values changed, so that the rest of it is still read.
/// The change is written by hand, since some of them no tree can hold. Used once.
final class JsonTree {
  private static final String[] SCALARS = {
    "null",
    "true",
    "false",
    "0",
    "-1",
    "1",
    "1.5",
    "1e3",
    "1e999999999",
    "-0",
    "2147483648",
    "9007199254740992",
    "9223372036854775807",
    "9223372036854775808",
    "123456789012345678901234567890123456789012345678901234567890",
    "\"\"",
    "\" \"",
    "[]",
    "{}",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "\"../../etc/passwd\"",
    "\"\\u202e\""
  };
  private static final int[] DEPTHS = {1, 20, 40, 70, 1_000, 50_000};

  private final Random random;
  private final Json graft;
  private final StringBuilder out = new StringBuilder();
  private int untilChange;

  private JsonTree(Random random, Json graft, int untilChange) {
    this.random = random;
    this.graft = graft;
    this.untilChange = untilChange;
  }

  /// `json` after one change, for which a value of `graft` may serve.
  static byte[] edit(Json json, Json graft, Random random) {
    var tree = new JsonTree(random, graft, random.nextInt(size(json)));
    tree.write(json);
    return tree.out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static int size(Json json) {
    return switch (json) {
      case Json.Obj(var members) -> 1 + members.values().stream().mapToInt(JsonTree::size).sum();
      case Json.Arr(var items) -> 1 + items.stream().mapToInt(JsonTree::size).sum();
      case Json.Text _, Json.Int _, Json.Decimal _, Json.Bool _, Json.Null _ -> 1;
    };
  }

  private void write(Json json) {
    if (untilChange-- == 0) {
      change(json);
      return;
    }
    switch (json) {
      case Json.Obj(var members) -> object(List.copyOf(members.entrySet()));
      case Json.Arr(var items) -> array(items);
      case Json.Text _, Json.Int _, Json.Decimal _, Json.Bool _, Json.Null _ -> same(json);
    }
  }

  private void same(Json json) {
    out.append(JsonWriter.line(json));
  }

  private void object(List<Map.Entry<String, Json>> members) {
    out.append('{');
    var first = true;
    for (var member : members) {
      out.append(first ? "" : ",").append(JsonWriter.line(new Json.Text(member.getKey())));
      out.append(':');
      write(member.getValue());
      first = false;
    }
    out.append('}');
  }

  private void array(List<Json> items) {
    out.append('[');
    var first = true;
    for (var item : items) {
      out.append(first ? "" : ",");
      write(item);
      first = false;
    }
    out.append(']');
  }

  private void change(Json json) {
    switch (random.nextInt(4)) {
      case 0 -> out.append(SCALARS[random.nextInt(SCALARS.length)]);
      case 1 -> wrap(json);
      default -> {
        switch (json) {
          case Json.Obj(var members) when !members.isEmpty() ->
              changeObject(new ArrayList<>(members.entrySet()));
          case Json.Arr(var items) when !items.isEmpty() -> changeArray(new ArrayList<>(items));
          case Json.Text(var text) -> changeText(text);
          case Json.Int(var number) -> changeNumber(number);
          case Json.Obj _, Json.Arr _, Json.Decimal _, Json.Bool _, Json.Null _ ->
              same(some(graft));
        }
      }
    }
  }

  private void wrap(Json json) {
    var depth = DEPTHS[random.nextInt(DEPTHS.length)];
    var open = random.nextBoolean();
    out.repeat(open ? "[" : "{\"a\":", depth);
    same(json);
    out.repeat(open ? "]" : "}", depth);
  }

  private void changeObject(List<Map.Entry<String, Json>> members) {
    var at = random.nextInt(members.size());
    var other = random.nextInt(members.size());
    var one = members.get(at);
    switch (random.nextInt(6)) {
      case 0 -> members.remove(at);
      case 1 -> members.add(other, one);
      case 2 -> members.set(at, Map.entry(one.getKey(), members.get(other).getValue()));
      case 3 -> members.set(at, Map.entry(members.get(other).getKey(), one.getValue()));
      case 4 -> members.set(at, Map.entry(one.getKey(), some(graft)));
      default -> members.add(Map.entry(one.getKey() + "x", one.getValue()));
    }
    object(members);
  }

  private void changeArray(List<Json> items) {
    var at = random.nextInt(items.size());
    var one = items.get(at);
    switch (random.nextInt(4)) {
      case 0 -> items.remove(at);
      case 1 -> items.add(one);
      case 2 -> items.set(at, some(graft));
      default -> items.addAll(java.util.Collections.nCopies(1 << random.nextInt(12), one));
    }
    array(items);
  }

  private void changeText(String text) {
    var at = text.isEmpty() ? 0 : random.nextInt(text.length());
    var changed =
        switch (random.nextInt(5)) {
          case 0 -> text.substring(at);
          case 1 -> text.repeat(1 + random.nextInt(1 + 80_000 / Math.max(1, text.length())));
          case 2 -> some(graft) instanceof Json.Text(var other) ? other : text + text;
          default ->
              Fuzz.text(Tokens.edit(text.getBytes(StandardCharsets.UTF_8), List.of(), random));
        };
    // Half a pair goes out as its escape: as bytes it would become a question mark.
    out.append(JsonWriter.line(new Json.Text(changed)).replace("\ud800", "\\ud800"));
  }

  private void changeNumber(long number) {
    switch (random.nextInt(5)) {
      case 0 -> out.append(number + 1);
      case 1 -> out.append(number - 1);
      case 2 -> out.append(-number);
      case 3 -> out.append(number).append('0');
      default -> out.append(number).append(".0");
    }
  }

  /// Some value within `json`.
  private Json some(Json json) {
    return switch (json) {
      case Json.Obj(var members) when !members.isEmpty() && random.nextInt(3) > 0 ->
          some(List.copyOf(members.values()).get(random.nextInt(members.size())));
      case Json.Arr(var items) when !items.isEmpty() && random.nextInt(3) > 0 ->
          some(items.get(random.nextInt(items.size())));
      case Json.Obj _,
          Json.Arr _,
          Json.Text _,
          Json.Int _,
          Json.Decimal _,
          Json.Bool _,
          Json.Null _ ->
          json;
    };
  }
}
