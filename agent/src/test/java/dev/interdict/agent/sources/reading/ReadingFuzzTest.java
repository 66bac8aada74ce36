package dev.interdict.agent.sources.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.inventory.Amendment;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.fuzz.Fuzz;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Formats that several sources read.
class ReadingFuzzTest {
  private static final BytePath FILE = BytePath.parse("/x");

  @Test
  void yaml_of_other_programs() throws Exception {
    Fuzz.of("yaml-foreign")
        .seeds(
            "a: &x [1, 'two', \"three\"]\nb: {<<: *x, c: !t d}\n---\n? [k]\n: |\n  text\n",
            "models:\n  - name: x\n    model: &y claude-opus-4\n  - *y\n")
        .words("&a ", "*a", "<<: ", "? ", "- ", "!!", "|", ">", "%YAML 1.2", "---", "\t")
        .refuses(UnreadableException.class)
        .run(input -> Yaml.documents(FILE, input));
  }

  @Test
  void json_with_comments() throws Exception {
    Fuzz.of("jsonc")
        .seeds("{\"a\": [1, 2,], // x\n /* y */ \"b\": \"//\\\"\",}")
        .words("//", "/*", "*/", ",}", ",]", "\\\"")
        .run(input -> {
          if (Jsonc.plain(input).length != input.length) {
            throw new AssertionError("places moved");
          }
        });
  }

  /// Whatever one entry is cut out of, the rest is the same document without it.
  @Test
  void entries_of_json() throws Exception {
    Fuzz.of("json-entries")
        .seeds(
            "[{\"a\": \"]\\\"}\"}, [1 , {}], null,\t-1.5e3]",
            "{\"x\": {\"@a/b\": \"1\", \"\\u0041\":[ ] }, \"y\":{}}",
            " [ ] ")
        .words("\\\\", "\\\"", "{}", "[]", ",", ":", "\n")
        .refuses(JsonException.class)
        .run(input -> {
          var whole = JsonReader.read(input, JsonLimits.FOREIGN);
          for (var path : List.of(List.<String>of(), List.of("x"))) {
            for (var entry : JsonEntries.of(input, path)) {
              var rest = Amendment.without(input, List.of(entry.cut()));
              var left = JsonReader.read(rest, JsonLimits.FOREIGN);
              if (path.isEmpty()) {
                assertEquals(size(whole) - 1, size(left));
              }
            }
          }
        });
  }

  private static int size(Json json) {
    return switch (json) {
      case Json.Arr(var items) -> items.size();
      case Json.Obj(var members) -> members.size();
      default -> 0;
    };
  }
}
