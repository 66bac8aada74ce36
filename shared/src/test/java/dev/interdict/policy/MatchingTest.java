package dev.interdict.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.identity.Glob;
import dev.interdict.identity.PackageUrl;
import dev.interdict.identity.VersionRange;
import dev.interdict.policy.Subject.Signature;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MatchingTest {
  private static final String DIGEST = "a9".repeat(32);

  @Test
  void a_package_is_meant_in_every_version_unless_a_range_is_given() {
    var any = ofPackage("pkg:npm/%40anthropic-ai/claude-code", null);
    assertEquals(Hit.YES, Matching.hit(any, pkg("pkg:npm/%40anthropic-ai/claude-code@2.1.328")));
    assertEquals(Hit.YES, Matching.hit(any, pkg("pkg:npm/%40anthropic-ai/claude-code")));
    assertEquals(Hit.NO, Matching.hit(any, pkg("pkg:npm/claude-code@2.1.328")));
    assertEquals(Hit.NO, Matching.hit(any, pkg("pkg:pypi/claude-code@2.1.328")));
  }

  @Test
  void a_version_that_cannot_be_compared_is_unknown_never_a_match() {
    var range = ofPackage("pkg:npm/%40anthropic-ai/claude-code", "vers:npm/>=2.1.91|<2.1.198");
    assertEquals(Hit.YES, Matching.hit(range, pkg("pkg:npm/%40anthropic-ai/claude-code@2.1.197")));
    assertEquals(Hit.NO, Matching.hit(range, pkg("pkg:npm/%40anthropic-ai/claude-code@2.1.198")));
    assertEquals(Hit.UNKNOWN, Matching.hit(range, pkg("pkg:npm/%40anthropic-ai/claude-code")));
    assertEquals(
        Hit.UNKNOWN, Matching.hit(range, pkg("pkg:npm/%40anthropic-ai/claude-code@workspace")));
  }

  @Test
  void a_distribution_package_is_meant_whoever_built_it() {
    var deb = ofPackage("pkg:deb/claude-code", null);
    assertEquals(Hit.YES, Matching.hit(deb, pkg("pkg:deb/debian/claude-code@2.1?arch=amd64")));
  }

  @Test
  void extensions_meet_within_one_host_only() {
    var matcher =
        new Matcher.OfExtension(
            Map.of("vscode", "anthropic.claude-code", "jetbrains", "com.anthropic.code.plugin"));
    assertEquals(
        Hit.YES, Matching.hit(matcher, new Subject.OfExtension("vscode", "Anthropic.Claude-Code")));
    assertEquals(
        Hit.NO, Matching.hit(matcher, new Subject.OfExtension("chrome", "anthropic.claude-code")));
    assertEquals(
        Hit.NO,
        Matching.hit(matcher, new Subject.OfExtension("jetbrains", "COM.anthropic.code.plugin")));
    var kilo = new Matcher.OfExtension(Map.of("vscode", "kilocode.kilo-code"));
    assertEquals(
        Hit.NO,
        Matching.hit(kilo, new Subject.OfExtension("vscode", "\u212ailocode.kilo-code")),
        "the Kelvin sign is no k");
  }

  @Test
  void a_program_must_lie_in_its_place() {
    var matcher = program(".local/share/claude/versions/*", Set.of(), null);
    assertEquals(
        Hit.YES,
        Matching.hit(matcher, Subject.OfProgram.inHome(".local/share/claude/versions/2.1.328")));
    assertEquals(Hit.NO, Matching.hit(matcher, Subject.OfProgram.inHome(".local/bin/claude")));
    assertEquals(
        Hit.NO, Matching.hit(matcher, Subject.OfProgram.at("/.local/share/claude/versions/2")));
  }

  @Test
  void a_digest_or_signer_that_was_not_read_is_unknown() {
    var place = ".local/share/claude/versions/2";
    var digested = program(".local/share/claude/versions/*", Set.of(DIGEST), null);
    assertEquals(Hit.UNKNOWN, Matching.hit(digested, Subject.OfProgram.inHome(place)));
    assertEquals(
        Hit.YES,
        Matching.hit(
            digested, new Subject.OfProgram(place, null, DIGEST, new Signature.NotRead())));
    assertEquals(
        Hit.NO,
        Matching.hit(
            digested,
            new Subject.OfProgram(place, null, "00".repeat(32), new Signature.NotRead())));
    var signed = program(".local/share/claude/versions/*", Set.of(), "Anthropic PBC");
    assertEquals(Hit.UNKNOWN, Matching.hit(signed, Subject.OfProgram.inHome(place)));
    assertEquals(
        Hit.NO,
        Matching.hit(signed, new Subject.OfProgram(place, null, null, new Signature.Unsigned())));
    assertEquals(
        Hit.YES,
        Matching.hit(
            signed, new Subject.OfProgram(place, null, null, new Signature.By("Anthropic PBC"))));
  }

  @Test
  void the_wrong_place_decides_before_what_is_unknown() {
    var digested = program(".local/share/claude/versions/*", Set.of(DIGEST), null);
    assertEquals(Hit.NO, Matching.hit(digested, Subject.OfProgram.inHome("bin/claude")));
  }

  @Test
  void models_and_variables_are_names() {
    var models = new Matcher.ModelUse(List.of(Glob.of("claude-opus-*")), List.of("aider"));
    assertEquals(Hit.YES, Matching.hit(models, new Subject.OfModel("aider", "claude-opus-4")));
    assertEquals(Hit.NO, Matching.hit(models, new Subject.OfModel("aider", "opus")));
    assertEquals(Hit.NO, Matching.hit(models, new Subject.OfModel("qoder", "claude-opus-4")));
    var variables = new Matcher.EnvironmentVariables(List.of("ANTHROPIC_API_KEY"));
    assertEquals(Hit.YES, Matching.hit(variables, new Subject.OfVariable("ANTHROPIC_API_KEY")));
    assertEquals(Hit.NO, Matching.hit(variables, new Subject.OfVariable("ANTHROPIC_BASE_URL")));
  }

  static Subject pkg(String purl) {
    return new Subject.OfPackage(PackageUrl.parse(purl));
  }

  static Matcher ofPackage(String purl, @Nullable String versions) {
    return new Matcher.OfPackage(
        PackageUrl.parse(purl), versions == null ? null : VersionRange.parse(versions));
  }

  static Matcher.OfProgram program(String home, Set<String> sha256, @Nullable String signer) {
    return new Matcher.OfProgram(Glob.of(home), null, sha256, signer);
  }
}
