package dev.interdict.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.fuzz.Fuzz;
import org.junit.jupiter.api.Test;

/// Identities and versions come from whoever writes a package's files.
class IdentityFuzzTest {

  @Test
  void package_urls() throws InterruptedException {
    Fuzz.of("package-url")
        .seeds(
            "pkg:npm/%40anthropic-ai/claude-code@2.1.112",
            "pkg:deb/debian/curl@7.88.1-10%2Bdeb12u5?arch=amd64&distro=bookworm",
            "pkg:pypi/Django_Rest@5.0#docs/a",
            "pkg:golang/github.com/a/b@v1.2.3",
            "pkg:generic/x")
        .words("pkg:", "pkg:npm/", "pkg:pypi/", "%40", "%2F", "%25", "?a=b", "#a/b", "@1", "_-.")
        .refuses(IllegalArgumentException.class)
        .run(input -> {
          var purl = PackageUrl.parse(Fuzz.text(input));
          assertEquals(purl, PackageUrl.parse(purl.toString()));
          assertTrue(purl.covers(purl) || !purl.comparableVersion().isEmpty());
        });
  }

  @Test
  void version_ranges() throws InterruptedException {
    Fuzz.of("version-range")
        .seeds(
            "vers:npm/>=2.1.91|<2.1.198",
            "vers:pypi/2.0|!=2.1|>=3.0rc1",
            "vers:deb/>1%3A2.0-1|<=1%3A3~rc1",
            "vers:rpm/*",
            "vers:npm/!=2.2.0")
        .words("vers:", "|", ">=", "<=", "!=", "<", ">", "*", "%7C", "npm/", "1.0.0", "~", "-rc.1")
        .refuses(IllegalArgumentException.class)
        .run(input -> {
          var range = VersionRange.parse(Fuzz.text(input));
          assertEquals(range, VersionRange.parse(range.toString()));
          for (var constraint : range.constraints()) {
            if (constraint.relation() == VersionConstraint.Relation.EQUAL) {
              assertEquals(VersionRange.Containment.YES, range.contains(constraint.version()));
            }
          }
        });
  }

  @Test
  void versions_have_one_order() throws InterruptedException {
    for (var scheme : VersionScheme.values()) {
      Fuzz.of("version-" + scheme.name().toLowerCase(java.util.Locale.ROOT))
          .seeds(
              "1.0\n1.0.0\n1.0-1",
              "v2.1.112\n2.1.112-rc.1+b\n2.1.112",
              "1:2.0~rc1-3\n0:2.0-3\n2.0-3+deb12u1",
              "1!2.0.post1.dev3+local.1\n1!2.0rc1\n2.0a1",
              "5.14.0-427.el9\n5.14.0^git1\n5.14.0~rc1",
              "\n0\n00")
          .words("~", "^", ":", "-", "+", ".", "!", "rc", "a", "dev", "post", "\n", "000", "9")
          .run(input -> order(scheme, Fuzz.text(input).split("\n", 4)));
    }
  }

  private static void order(VersionScheme scheme, String... versions) {
    for (var a : versions) {
      assertEquals(0, scheme.compare(a, a));
      for (var b : versions) {
        var ab = Integer.signum(scheme.compare(a, b));
        assertEquals(-ab, Integer.signum(scheme.compare(b, a)), () -> a + " and " + b);
        for (var c : versions) {
          var bc = Integer.signum(scheme.compare(b, c));
          if (ab <= 0 && bc <= 0) {
            var ac = Integer.signum(scheme.compare(a, c));
            assertEquals(ab == 0 && bc == 0 ? 0 : -1, ac, () -> a + ", " + b + ", " + c);
          }
        }
      }
    }
  }

  @Test
  void patterns() throws InterruptedException {
    Fuzz.of("glob")
        .seeds(
            ".local/share/claude/versions/*\n.local/share/claude/versions/2.1.1",
            "**/bin/cl?ude\n/usr/local/bin/claude",
            "/opt/**\n/opt/a/b",
            "claude-*\nclaude-opus")
        .words("*", "**", "?", "/", "/**/", "**/**/**", "*a*a*a*a*", "\u0130", "\u00df", "\n")
        .refuses(IllegalArgumentException.class)
        .run(input -> {
          var lines = Fuzz.text(input).split("\n", 2);
          var text = lines.length == 2 ? lines[1] : "";
          var exact = Glob.of(lines[0]);
          assertEquals(exact, Glob.of(exact.toString()));
          if (exact.matches(text)) {
            assertTrue(Glob.ignoringCase(lines[0]).matches(text), "folding widens");
          }
        });
  }
}
