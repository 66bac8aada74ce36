package dev.interdict.server.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.interdict.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class YamlRewriteTest {
  static final java.util.List<String> rules = Catalogue.IDS;

  private static Json.Obj read(String text) {
    var reading = YamlFile.read("x", text.getBytes(StandardCharsets.UTF_8));
    var file = assertInstanceOf(YamlFile.Reading.Read.class, reading, text).file();
    return assertInstanceOf(Json.Obj.class, file.json());
  }

  private static String rewritten(String before, String wanted) {
    return YamlRewrite.of(before, read(wanted)).orElse("refused");
  }

  @Test
  void what_is_the_same_stays_to_the_letter() {
    var text = "# why\na:   'x'   # quoted\n\nb: [1,2]\n";
    assertEquals(text, rewritten(text, "{b: [1, 2], a: x}"));
  }

  @Test
  void a_value_changes_and_its_remark_stays() {
    assertEquals(
        "# top\nrisk: high   # low, high\nname: Tool\n",
        rewritten("# top\nrisk: low   # low, high\nname: Tool\n", "{risk: high, name: Tool}"));
  }

  @Test
  void a_folded_text_is_replaced_whole() {
    assertEquals(
        "a:\n  s: short\n  # kept\n  t: 1\n",
        rewritten("a:\n  s: >-\n    long\n    text\n  # kept\n  t: 1\n", "{a: {s: short, t: 1}}"));
  }

  @Test
  void a_member_comes_after_the_last_one_and_before_what_follows() {
    assertEquals(
        "a:\n  b: 1   # one\n  c: 2\n\n# next\nd: 3\ne:\n  f: g\n",
        rewritten("a:\n  b: 1   # one\n\n# next\nd: 3\n", "{a: {b: 1, c: 2}, d: 3, e: {f: g}}"));
    assertEquals("a: 1\nb: 2\nc: 3\n", rewritten("a: 1", "{a: 1, b: 2, c: 3}"));
  }

  @Test
  void a_member_goes_with_its_line_alone() {
    assertEquals(
        "# why\na: 1\n# of c\nc: 3\n",
        rewritten("# why\na: 1\nb:\n  - x\n  - y   # gone\n# of c\nc: 3\n", "{a: 1, c: 3}"));
    assertEquals(
        "l:\n- b: 2\n- c: 1\n", rewritten("l:\n- a: 1\n  b: 2\n- c: 1\n", "{l: [{b: 2}, {c: 1}]}"));
  }

  @Test
  void items_that_stay_keep_their_lines_and_remarks() {
    var before =
        "match:\n"
            + "  # packages\n"
            + "  - package: a   # first\n"
            + "  - package: b\n"
            + "  # programs\n"
            + "  - program: {home: x/**}\n";
    assertEquals(
        "match:\n  # packages\n  - package: a   # first\n  - package: c\n  # programs\n  - program: {home: \"x/**\"}\n"
            .replace("\"x/**\"", "x/**"),
        rewritten(before, "{match: [{package: a}, {package: c}, {program: {home: x/**}}]}"));
    assertEquals("l: [a, c]\n", rewritten("l: [a, b]\n", "{l: [a, c]}"));
    assertEquals("l:\n  - b\n  - a\n", rewritten("l:\n  - a\n", "{l: [b, a]}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no                | "no"
          'a: b'            | "a: b"
          '{{x}}'           | "{{x}}"
          # x               | "# x"
          二、三             | 二、三
          """)
  void a_text_that_yaml_would_take_for_something_else_is_quoted(String value, String written) {
    var wanted = Json.object().put("a", value).build();
    assertEquals(Optional.of("a: " + written + " # c\n"), YamlRewrite.of("a: x # c\n", wanted));
  }

  @Test
  void a_remark_within_braces_is_never_lost() {
    var text = "a: {b: 1,  # why\n  c: 2}\n";
    assertEquals("refused", rewritten(text, "{a: {b: 1, c: 3}}"));
    assertEquals(text + "d: 4\n", rewritten(text, "{a: {b: 1, c: 2}, d: 4}"));
  }

  /// What would come out here has a null in the item's place.
  @Test
  void what_does_not_read_back_as_wanted_is_not_written() {
    assertEquals("refused", rewritten("l:\n  -\n    a: 1\n  - b\n", "{l: [b]}"));
  }

  @Test
  void signs_beyond_the_basic_plane_shift_nothing() {
    assertEquals("a: 😀😀 # x\nb: 2\n", rewritten("a: 😀😀 # x\nb: 1\n", "{a: 😀😀, b: 2}"));
  }

  /// Whatever is taken from a rule of the catalogue and put in another's place: what is written
  /// holds exactly that, or nothing is written.
  @ParameterizedTest
  @FieldSource("rules")
  void what_is_written_reads_back_as_what_was_wanted(String id) {
    var text = new String(Catalogue.rule(id).orElseThrow(), StandardCharsets.UTF_8);
    var random = new SplittableRandom(id.hashCode());
    var done = 0;
    for (var i = 0; i < 20; i++) {
      var wanted = (Json.Obj) shaken(read(text), random);
      var written = YamlRewrite.of(text, wanted);
      if (written.isPresent()) {
        assertEquals(wanted, read(written.get()), written.get());
        done++;
      }
    }
    assertEquals(20, done, id);
  }

  private static Json shaken(Json json, SplittableRandom random) {
    return switch (json) {
      case Json.Obj object -> {
        var built = Json.object();
        object
            .members()
            .forEach((name, value) -> {
              if (random.nextInt(12) > 0) {
                built.put(name, shaken(value, random));
              }
            });
        yield (random.nextInt(6) == 0 ? built.put("new", "a: b") : built).build();
      }
      case Json.Arr(var items) -> {
        var kept = new java.util.ArrayList<Json>();
        for (var item : items) {
          if (random.nextInt(8) > 0) {
            kept.add(random.nextInt(8) == 0 ? shaken(item, random) : item);
          }
          if (random.nextInt(10) == 0) {
            kept.add(new Json.Text("new, #" + random.nextInt(9)));
          }
        }
        yield new Json.Arr(kept);
      }
      case Json.Text _ when random.nextInt(8) == 0 ->
          new Json.Text("other 二 # " + random.nextInt(9));
      default -> json;
    };
  }
}
