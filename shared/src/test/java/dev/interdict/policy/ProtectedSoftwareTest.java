package dev.interdict.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.identity.Glob;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProtectedSoftwareTest {
  @Test
  void what_a_workstation_needs_is_protected() {
    for (var subject :
        List.of(
            MatchingTest.pkg("pkg:deb/debian/bash@5.2"),
            MatchingTest.pkg("pkg:rpm/fedora/glibc-common@2.40"),
            MatchingTest.pkg("pkg:npm/npm@11.0.0"),
            MatchingTest.pkg("pkg:deb/debian/openssh-server@1"),
            MatchingTest.pkg("pkg:deb/interdict-agent@1"),
            Subject.OfProgram.at("/usr/sbin/sshd"),
            Subject.OfProgram.at("/usr/bin/python3.11"),
            Subject.OfProgram.at("/usr/lib/jvm/temurin-25/bin/java"),
            Subject.OfProgram.at("/opt/interdict/bin/interdict-agent"),
            Subject.OfProgram.at("/Library/Application Support/JAMF/Jamf.app"),
            new Subject.OfApplication("macos", "com.apple.finder"))) {
      assertTrue(ProtectedSoftware.protects(subject).isPresent(), subject::toString);
    }
  }

  @Test
  void what_may_be_banned_is_not() {
    for (var subject :
        List.of(
            MatchingTest.pkg("pkg:npm/%40anthropic-ai/claude-code@2.1.328"),
            MatchingTest.pkg("pkg:npm/%40someone/npm@1.0.0"),
            MatchingTest.pkg("pkg:deb/claude-code@1"),
            Subject.OfProgram.at("/usr/bin/claude"),
            Subject.OfProgram.at("/home/u/.local/share/claude/versions/2.1.328"),
            new Subject.OfApplication("macos", "com.anthropic.claude-code"))) {
      assertEquals(Optional.empty(), ProtectedSoftware.protects(subject), subject::toString);
    }
  }

  @Test
  void a_glob_that_could_reach_protected_software_is_found_before_it_is_published() {
    assertTrue(reached("/usr/bin/*"));
    assertTrue(reached("/usr/**"));
    assertTrue(reached("/opt/*/bin/**"));
    assertTrue(reached("/USR/SBIN/sshd"));
    assertEquals(false, reached("/opt/claude/**"));
    assertEquals(false, reached("/usr/bin/claude"));
  }

  private static boolean reached(String place) {
    return ProtectedSoftware.reachedBy(new Matcher.OfProgram(null, Glob.of(place), Set.of(), null))
        .isPresent();
  }
}
