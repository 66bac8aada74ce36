package dev.interdict.agent.sources.reading;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.fuzz.Fuzz;
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
}
