package dev.interdict.agent.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InterpretersTest {
  private static List<String> words(String line) {
    return List.of(line.split(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "node, node /usr/local/bin/claude",
    "node, node --max-old-space-size=8192 /usr/local/bin/claude --flag",
    "node, node -r ./hook.js --import x /usr/local/bin/claude other.js",
    "node, claude -- /usr/local/bin/claude",
    "python3.11, python3 -W ignore -u /usr/local/bin/claude",
    "bun, bun run /usr/local/bin/claude",
    "deno, deno run -A /usr/local/bin/claude",
    "bash, /bin/bash /usr/local/bin/claude"
  })
  void script_is_the_first_word_that_is_no_option(String program, String line) {
    assertEquals("/usr/local/bin/claude", Interpreters.script(program, words(line)));
  }

  @ParameterizedTest
  @CsvSource({
    "node, node",
    "node, node -e 1 /usr/local/bin/claude",
    "node, node --test /usr/local/bin/claude",
    "python3, python3 -m http.server /usr/local/bin/claude",
    "python3, python3 -c pass /usr/local/bin/claude",
    "bash, bash -c claude",
    "deno, deno task /usr/local/bin/claude"
  })
  void interpreter_without_a_script_file_has_none(String program, String line) {
    assertNull(Interpreters.script(program, words(line)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"vim", "grep", "claude", "nodemon", "2.1.328", ""})
  void other_programs_have_none_whatever_their_arguments_say(String program) {
    assertNull(Interpreters.script(program, words("node /usr/local/bin/claude")));
  }

  @Test
  void title_written_over_the_arguments_names_no_script() {
    assertNull(Interpreters.script("node", List.of("claude", "", "", "")));
    assertNull(Interpreters.script("node", List.of()));
  }
}
