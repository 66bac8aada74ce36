package dev.interdict.server.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.interdict.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTextTest {
  static final List<String> rules = Catalogue.IDS;

  private static Json read(String text) {
    var reading = YamlFile.read("x", text.getBytes(StandardCharsets.UTF_8));
    return assertInstanceOf(YamlFile.Reading.Read.class, reading, text).file().json();
  }

  @ParameterizedTest
  @FieldSource("rules")
  void every_rule_of_the_catalogue_reads_back_as_it_was(String id) {
    var rule = read(new String(Catalogue.rule(id).orElseThrow(), StandardCharsets.UTF_8));
    assertEquals(rule, read(YamlText.of(rule)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "~",
        "no",
        "Yes",
        "null",
        "1",
        "1.5",
        "0x1f",
        "-",
        "- a",
        "a: b",
        "a #b",
        "#a",
        "a:",
        "[a]",
        "{a}",
        "*a",
        "&a",
        "!a",
        "|",
        ">",
        "'a'",
        "\"a\"",
        "%a",
        "@a",
        "`a",
        "a\\b",
        "a\nb",
        "a ",
        " a",
        "2026-07-10",
        "2026-07-10T00:00",
        "pkg:npm/%40a/b",
        "https://a.example/b#c",
        "移除",
        ".5",
        "+1",
        "1e3",
        "=",
        "<<",
        "...",
        "---",
        "é",
        "\u0085",
        "\u2028",
        "a, b",
        "~/.claude"
      })
  void a_text_stays_a_text(String text) {
    var json = Json.object().put("text", text).put("list", List.of(new Json.Text(text))).build();
    assertEquals(json, read(YamlText.of(json)), YamlText.of(json));
  }

  @Test
  void empty_lists_and_objects_and_numbers_stay_what_they_are() {
    var json =
        Json.object()
            .put("none", List.<Json>of())
            .put("object", Json.object().build())
            .put("number", 20)
            .put(
                "deep",
                List.<Json>of(Json.object().put("a", Json.object().put("b", 1).build()).build()))
            .build();
    assertEquals(json, read(YamlText.of(json)), YamlText.of(json));
  }
}
