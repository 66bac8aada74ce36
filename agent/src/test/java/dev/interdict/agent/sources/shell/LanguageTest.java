package dev.interdict.agent.sources.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LanguageTest {
  private static List<String> names(Language language, String text) {
    return language.statements(text, Set.of()).stream()
        .map(statement ->
            switch (statement) {
              case Statement.Sets(var name, _) -> name;
              case Statement.Alias(var name, var command) -> name + "->" + command;
            })
        .toList();
  }

  @Test
  void shell_sets_by_export_assignment_and_declaration() {
    assertEquals(
        List.of("A", "B", "C", "D", "E", "F", "G", "H"),
        names(
            Language.SH,
            """
            export A=1
            B='x y'
            declare -x C="$(pass show 'a b')"
              [ -n "$X" ] && export D=1; E=2 command --flag
            if true; then F=3; fi
            export G=$'it\\'s' H=`cat x`
            """));
  }

  @Test
  void what_sets_nothing_is_none() {
    assertEquals(
        List.of(),
        names(
            Language.SH,
            """
            # export A=1
            unset B
            export C
            export D=
            export E=""
            echo export F=1
            echo "export G=1"
            test H=1
            printf '%s' '
            export I=1
            '
            cat <<EOF
            export J=1
            EOF
            cat <<-'END'
            \texport K=1
            \tEND
            1X=2
            A-B=2
            """));
  }

  @Test
  void what_follows_a_here_document_counts_again() {
    assertEquals(
        List.of("B", "C"),
        names(Language.SH, "cat <<X && cat <<Y\nA=1\nX\nA=2\nY\nB=1\nread <<<'A=1'\nC=1\n"));
  }

  @Test
  void open_quote_hides_no_other_line() {
    assertEquals(List.of("B"), names(Language.SH, "echo it's\nexport B=1\n"));
    assertEquals(List.of("B"), names(Language.SH, "cat <<NEVER\nexport B=1\n"));
    assertEquals(List.of("B", "C"), names(Language.SH, "x $(y\nB=1\n`\nexport C=1\n"));
  }

  @Test
  void continued_line_is_one() {
    assertEquals(List.of("A"), names(Language.SH, "export \\\n  A=1\n"));
  }

  @Test
  void alias_is_told_with_the_command_that_it_calls() {
    assertEquals(
        List.of("claude->claude", "c->claude", "ll->ls", "x->npx"),
        names(
            Language.SH,
            """
            alias claude="/home/ada/.claude/local/claude"
            alias c='K=1 claude --resume'
            alias -g ll='ls -l' x='npx claude'
            # alias no='claude'
            unalias claude
            """));
  }

  @Test
  void fish_sets_by_set() {
    assertEquals(
        List.of("A", "B", "C", "claude->claude"),
        names(
            Language.FISH,
            """
            set -gx A value
            set --export B (pass show key)
            set -Ux C 'x y'
            set -e D
            set -q E; or set -x
            set -gx F
            set -gx G ""
            # set -gx H 1
            echo set -gx I 1
            alias claude ~/.claude/local/claude
            """));
    assertEquals(
        List.of("A", "B"),
        names(
            Language.FISH_VARIABLES,
            "# VERSION: 3.0\nSETUVAR --export A:1\nSETUVAR B:x\\x20y\nSETUVAR --export C:\n"));
  }

  @Test
  void csh_sets_by_setenv() {
    assertEquals(List.of("A"), names(Language.CSH, "setenv A 1\nset B = 2\n#setenv C 1\n"));
  }

  @Test
  void power_shell_sets_the_environment() {
    assertEquals(
        List.of("A", "B", "C", "D", "claude->claude"),
        names(
            Language.POWERSHELL,
            """
            $env:A = "1"
              ${Env:b} = 'x'
            [Environment]::SetEnvironmentVariable("C", "1", "User")
            Set-Item -Path Env:D -Value 1
            $env:E = $null
            $env:F = ''
            Remove-Item Env:G
            # $env:H = 1
            <#
            $env:I = 1
            #>
            $x = @"
            $env:J = 1
            "@
            Set-Alias -Name claude -Value C:\\Users\\ada\\.local\\bin\\claude.exe
            """));
  }

  @Test
  void assignments_stand_one_to_a_line() {
    assertEquals(
        List.of("A", "B", "C", "D"),
        names(
            Language.ASSIGNMENTS,
            """
            A=1
            export B="x"
            C DEFAULT=1 OVERRIDE=2
            D = spaced # why
            # E=1
            F=
            G=""
            H='' # empty
            not an assignment
            I: yaml
            """));
  }

  @Test
  void long_line_costs_no_more_than_its_length() {
    var texts =
        List.of(
            "$env:A = " + ")".repeat(1_000_000),
            "SETUVAR " + "--x ".repeat(250_000),
            "x <<a\n".repeat(150_000),
            "'".repeat(999_999),
            "$(".repeat(500_000),
            "export A=1 ".repeat(90_000));
    for (var text : texts) {
      for (var language : Language.values()) {
        assertTimeoutPreemptively(
            Duration.ofSeconds(10), () -> language.statements(text, Set.of()));
      }
    }
  }

  @Test
  void no_value_is_let_out_that_was_not_asked_for() {
    assertEquals(
        List.of(new Statement.Sets("A", null), new Statement.Sets("M", "x")),
        Language.SH.statements("export A=canary M='x'", Set.of("M")));
  }
}
