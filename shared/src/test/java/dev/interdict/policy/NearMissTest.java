package dev.interdict.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NearMissTest {
  private static final Rule RULE =
      RuleFixtures.rule(
          RuleFixtures.CLAUDE_CODE.replace(
              "{\"extension\"",
              "{\"package\": \"pkg:deb/old-tool\", \"versions\": \"vers:deb/<2.0\"},"
                  + " {\"application\": {\"macos\": \"com.example.tool\"}},"
                  + " {\"environment\": {\"variables\": [\"SOME_KEY\"]}},"
                  + " {\"model-use\": {\"models\": [\"some-model-*\"]}},"
                  + " {\"container\": {\"references\": [\"ghcr.io/some/tool\"]}},"
                  + " {\"residue\": {\"data\": \".tool\"}},"
                  + " {\"extension\""));

  private static Optional<NearMiss.Kind> near(Subject subject) {
    return NearMiss.of(RULE, subject).map(NearMiss::kind);
  }

  private static Optional<NearMiss.Kind> near(String purl) {
    return near(MatchingTest.pkg(purl));
  }

  @Test
  void the_version_lies_outside_the_range() {
    assertEquals(Optional.of(NearMiss.Kind.VERSION), near("pkg:deb/debian/old-tool@2.1"));
  }

  @Test
  void the_same_name_elsewhere() {
    assertEquals(Optional.of(NearMiss.Kind.ECOSYSTEM), near("pkg:pypi/claude-code@1.0"));
    assertEquals(Optional.of(NearMiss.Kind.PUBLISHER), near("pkg:npm/claude-code@1.0.0"));
    assertEquals(Optional.of(NearMiss.Kind.PUBLISHER), near("pkg:npm/%40other/claude-code@1.0.0"));
    assertEquals(
        Optional.of(NearMiss.Kind.PUBLISHER),
        near(new Subject.OfExtension("vscode", "other.claude-code")));
    assertEquals(
        Optional.of(NearMiss.Kind.ECOSYSTEM),
        near(new Subject.OfExtension("chrome", "anthropic.claude-code")));
  }

  @Test
  void only_the_case_differs() {
    var cased = Optional.of(NearMiss.Kind.CASE);
    assertEquals(cased, near(new Subject.OfApplication("macos", "com.example.Tool")));
    assertEquals(cased, near(new Subject.OfVariable("some_key")));
    assertEquals(cased, near(new Subject.OfModel("aider", "Some-Model-5")));
    assertEquals(cased, near(new Subject.OfContainer("ghcr.io/Some/tool")));
    assertEquals(cased, near(new Subject.OfResidue(Residue.DATA, ".Tool")));
    assertEquals(cased, near(Subject.OfProgram.inHome(".local/share/Claude/versions/2")));
  }

  @Test
  void a_file_below_the_folder_that_the_rule_names() {
    assertEquals(
        Optional.of(NearMiss.Kind.FOLDER),
        near(Subject.OfProgram.inHome(".local/share/claude/versions/2/bin/run")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pkg:npm/left-pad@1.0.0",
        "pkg:npm/claude-code-router@1.0.0",
        "pkg:deb/debian/vim@9"
      })
  void what_is_something_else_is_near_to_nothing(String purl) {
    assertEquals(Optional.empty(), near(purl));
  }

  @Test
  void what_is_somewhere_else_is_near_to_nothing() {
    assertEquals(Optional.empty(), near(Subject.OfProgram.at("/usr/bin/vim")));
    assertEquals(Optional.empty(), near(Subject.OfProgram.inHome(".local/bin/claude")));
    assertEquals(Optional.empty(), near(new Subject.OfResidue(Residue.ALIAS, "ll")));
    assertEquals(Optional.empty(), near(new Subject.OfModel("aider", "other")));
  }
}
