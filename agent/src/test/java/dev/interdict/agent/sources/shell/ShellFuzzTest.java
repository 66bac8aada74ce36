package dev.interdict.agent.sources.shell;

import dev.interdict.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What shells read when they start.
class ShellFuzzTest {
  @Test
  void files_of_shells() throws Exception {
    for (var language : Language.values()) {
      Fuzz.of("shell-" + language.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'))
          .seeds(
              "export A='x y' B=\"$(c \"d\")\"; alias e='f g'\ncat <<X\nA=1\nX\nset -gx H (i)\n",
              "$env:A = \"1\"\n<#\n#>\nSet-Alias a b\nA DEFAULT=1\nSETUVAR --export A:1\n")
          .words("$(", "${", ")", "`", "'", "\"", "\\", "<<", "<<-", "((", "$'", "#", "@\"", "\"@")
          .run(input -> {
            for (var s : language.statements(new String(input, StandardCharsets.UTF_8), Set.of())) {
              if (s instanceof Statement.Sets(_, var value) && value != null) {
                throw new AssertionError("a value got out");
              }
            }
          });
    }
  }
}
