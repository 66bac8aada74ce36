package dev.interdict.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.interdict.json.Fault;
import dev.interdict.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VocabularyTest {
  /// Like nothing that anybody would name a member.
  private static final String STRANGE = "q".repeat(60);

  private static final Pattern CHOICES =
      Pattern.compile("; write (?:one of )?([a-z0-9-]+(?:(?:, | or )[a-z0-9-]+)*)$");

  private static final Json WHOLE = RuleFixtures.json(RuleFixtures.EVERYTHING);

  @Test
  void a_rule_of_the_first_version_needs_no_more() {
    assertEquals(1, Vocabulary.needs(RuleFixtures.json(RuleFixtures.CLAUDE_CODE)));
    assertInstanceOf(RuleReader.Result.Understood.class, RuleReader.read(WHOLE));
  }

  @Test
  void what_to_do_when_out_of_contact_needs_version_2() {
    for (var value : List.of("wall-clock", "wait", "enforce")) {
      var text =
          RuleFixtures.CLAUDE_CODE.replace(
              "\"timeline\": {", "\"timeline\": {\"out-of-contact\": \"" + value + "\",");
      assertEquals(2, Vocabulary.needs(RuleFixtures.json(text)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "enforcement,          remove,  5",
    "enforcement,          observe, 1",
    "match/*/process,      ,        5",
    "match/*/registry-key, ,        1",
    "replacement/identities/*/package, pkg:npm/%40qoder-ai/qodercli, 5",
    "match/process,        ,        1",
    "match/0/process,      ,        1",
    "name/en,              ,        1",
  })
  void the_youngest_feature_that_is_in_a_rule_counts(String place, String value, int needs) {
    var later =
        List.of(
            value == null
                ? Vocabulary.Feature.field(5, place)
                : Vocabulary.Feature.value(5, place, value),
            Vocabulary.Feature.field(9, "nowhere"));
    assertEquals(needs, Vocabulary.needs(RuleFixtures.json(RuleFixtures.CLAUDE_CODE), later));
  }

  /// Fails for whoever teaches the readers something new and leaves it out of the table: agents of
  /// today would be said to read it.
  @Test
  void readers_know_nothing_that_the_table_does_not() throws IOException {
    var known = new TreeSet<>(knownPlaces());
    known.addAll(knownValues());
    known.removeAll(lines("golden/vocabulary-1.txt"));
    known.removeIf(place -> Vocabulary.LATER.stream().anyMatch(feature -> covers(feature, place)));
    assertEquals(Set.of(), known, "new to the readers: add a line to Vocabulary.LATER");
  }

  /// Whoever does not know a field knows nothing of what stands in it.
  private static boolean covers(Vocabulary.Feature feature, String place) {
    var value = feature.value();
    return value == null
        ? (place + "/").startsWith(feature.place() + "/") || place.startsWith(feature.place() + "=")
        : place.equals(feature.place() + "=" + value);
  }

  @Test
  void the_example_holds_everything_that_readers_ask_for() {
    var there = new TreeSet<String>();
    walk(WHOLE, "", (place, _) -> there.add(place));
    var missing = new TreeSet<>(knownPlaces());
    missing.removeAll(there);
    assertEquals(Set.of(), missing, "show it in RuleFixtures.EVERYTHING, so that it is checked");
  }

  /// What readers ask an object for, as they say it themselves of a member they do not know.
  private static Set<String> knownPlaces() {
    var known = new TreeSet<String>();
    walk(
        WHOLE,
        "",
        (place, json) -> {
          if (json instanceof Json.Obj) {
            for (var fault : faults(at(WHOLE, "", place, VocabularyTest::estrange))) {
              var here = fault.message().indexOf("known here: ");
              if (fault.kind() == Fault.Kind.UNKNOWN_FIELD && here >= 0) {
                for (var name : fault.message().substring(here + 12).split(", ")) {
                  known.add(place.isEmpty() ? name : place + "/" + name);
                }
              }
            }
          }
        });
    return known;
  }

  /// What readers take as values, where there are only so many.
  private static Set<String> knownValues() {
    var known = new TreeSet<String>();
    walk(
        WHOLE,
        "",
        (place, json) -> {
          if (json instanceof Json.Text) {
            for (var fault : faults(at(WHOLE, "", place, _ -> new Json.Text(STRANGE)))) {
              var choices = CHOICES.matcher(fault.message());
              if (choices.find()) {
                for (var value : choices.group(1).split(", | or ")) {
                  known.add(place + "=" + value);
                }
              }
            }
          }
        });
    return known;
  }

  private static List<Fault> faults(Json rule) {
    return switch (RuleReader.read(rule)) {
      case RuleReader.Result.Understood _ -> List.of();
      case RuleReader.Result.Faulty(var faults) -> faults;
    };
  }

  private static Json estrange(Json object) {
    var members = new LinkedHashMap<>(((Json.Obj) object).members());
    members.put(STRANGE, new Json.Text(""));
    return new Json.Obj(members);
  }

  private static void walk(Json json, String place, BiConsumer<String, Json> see) {
    see.accept(place, json);
    switch (json) {
      case Json.Obj(var members) ->
          members.forEach((name, member) -> walk(member, below(place, name), see));
      case Json.Arr(var items) -> items.forEach(item -> walk(item, below(place, "*"), see));
      default -> {}
    }
  }

  /// The document with every value at `wanted` changed.
  private static Json at(Json json, String place, String wanted, UnaryOperator<Json> change) {
    if (place.equals(wanted)) {
      return change.apply(json);
    }
    return switch (json) {
      case Json.Obj(var members) -> {
        var changed = new LinkedHashMap<String, Json>();
        members.forEach(
            (name, member) -> changed.put(name, at(member, below(place, name), wanted, change)));
        yield new Json.Obj(changed);
      }
      case Json.Arr(var items) -> {
        var changed = new ArrayList<Json>();
        items.forEach(item -> changed.add(at(item, below(place, "*"), wanted, change)));
        yield new Json.Arr(changed);
      }
      default -> json;
    };
  }

  private static String below(String place, String name) {
    return place.isEmpty() ? name : place + "/" + name;
  }

  private static Set<String> lines(String resource) throws IOException {
    try (var in = VocabularyTest.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("no file " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .collect(Collectors.toSet());
    }
  }
}
