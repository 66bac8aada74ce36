package dev.interdict.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackageUrlTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "pkg:bitbucket/birkenfeld/pygments-main@244fd47e07d1014f0aed9c =",
        "pkg:brew/postgresql%4012@12.17 =",
        "pkg:brew/Claude-Code%40latest pkg:brew/claude-code%40latest",
        "pkg:cargo/rand@0.7.2 =",
        "pkg:chrome/FCOEABCD pkg:chrome-extension/fcoeabcd",
        "pkg:deb/debian/attr@1:2.4.47-2%2Bb1?arch=amd64 =",
        "pkg:deb/debian/attr@1:2.4.47-2+b1?arch=amd64"
            + " pkg:deb/debian/attr@1:2.4.47-2%2Bb1?arch=amd64",
        "pkg:deb/Debian/CURL@7.50.3-1?distro=jessie&arch=i386"
            + " pkg:deb/debian/curl@7.50.3-1?arch=i386&distro=jessie",
        "pkg:docker/customer/image@sha256%3A244fd47e pkg:docker/customer/image@sha256:244fd47e",
        "pkg:gem/jruby-launcher@1.1.2?platform=java =",
        "pkg:generic/bitwarderl?vcs_url=git%2Bhttps://git.fsfe.org/dxtr/bitwarderl%40cc55108da32"
            + " pkg:generic/bitwarderl?vcs_url=git%2Bhttps:%2F%2Fgit.fsfe.org%2Fdxtr%2Fbitwarderl%40cc55108da32",
        "pkg:GitHub/Package-URL/purl-Spec@244FD47 pkg:github/package-url/purl-spec@244FD47",
        "pkg:golang/google.golang.org/genproto#googleapis/api/annotations =",
        "pkg:golang/google.golang.org/genproto#/googleapis//../api/./annotations/"
            + " pkg:golang/google.golang.org/genproto#googleapis/api/annotations",
        "pkg:npm/foobar@12.3.1 =",
        "pkg:npm/%40Angular/Animation@12.3.1 pkg:npm/%40angular/animation@12.3.1",
        "pkg:npm/@angular/animation@12.3.1 pkg:npm/%40angular/animation@12.3.1",
        "pkg:///npm/foobar/@1.0.0-RC.1 pkg:npm/foobar@1.0.0-RC.1",
        "PKG:npm/foobar pkg:npm/foobar",
        "pkg:pypi/Django__Tools.-x@1.11.1RC1 pkg:pypi/django-tools-x@1.11.1rc1",
        "pkg:rpm/Fedora/GConf2@7.50.3-1.fc25?Epoch=1 pkg:rpm/fedora/GConf2@7.50.3-1.fc25?epoch=1",
        "pkg:vscode-extension/Anthropic/Claude-Code@2.1.0?platform=linux-x64"
            + " pkg:vscode-extension/anthropic/claude-code@2.1.0?platform=linux-x64",
        "pkg:winget/Anthropic.ClaudeCode@2.1.185 pkg:winget/anthropic.claudecode@2.1.185",
        "pkg:scoop/Git pkg:scoop/git",
        "pkg:chocolatey/Git.install@2.51.0 pkg:chocolatey/git.install@2.51.0",
        "pkg:vscode/Anthropic/claude-code pkg:vscode-extension/anthropic/claude-code",
        "pkg:generic/a%20b%2fc%25%E4%BD%A0@~1^? refused",
        "pkg:generic/a%20b%2fc%25%E4%BD%A0@~1^ pkg:generic/a%20b%2Fc%25%E4%BD%A0@~1%5E",
        "pkg:generic/x?a=1&a-b=2&c= pkg:generic/x?a-b=2&a=1",
      })
  void canonical_form(String text, String canonical) {
    if (canonical.equals("refused")) {
      assertThrows(IllegalArgumentException.class, () -> PackageUrl.parse(text));
      return;
    }
    var expected = canonical.equals("=") ? text : canonical;
    assertEquals(expected, PackageUrl.parse(text).toString());
    assertEquals(PackageUrl.parse(text), PackageUrl.parse(expected));
  }

  @Test
  void takes_a_text_apart() {
    assertEquals(
        new PackageUrl(
            "npm", "@a b", "n/m", "1.0+x", Map.of("vcs_url", "git://h?x#y&z=@"), "p/q r"),
        PackageUrl.parse(
            "pkg:npm/%40a%20b/n%2Fm@1.0%2Bx?vcs_url=git:%2F%2Fh%3Fx%23y%26z=%40#p/q%20r"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "pkg:",
        "pkg:npm",
        "pkg:npm/",
        "pkg:npm//",
        "pkg:/npm",
        "npm/foo",
        "pkg:n pm/foo",
        "pkg:n%70m/foo",
        "pkg:3npm/foo",
        "pkg:n_m/foo",
        "pkg:npm/foo@",
        "pkg:npm/foo@1/2",
        "pkg:npm/@scope/name",
        "pkg:npm/scope/name",
        "pkg:npm/%40/name",
        "pkg:npm/%40a/b/name",
        "pkg:npm/foo bar",
        "pkg:npm/foo\n",
        "pkg:npm/é",
        "pkg:npm/%",
        "pkg:npm/%4",
        "pkg:npm/%zz",
        "pkg:npm/%+1",
        "pkg:npm/%ff",
        "pkg:npm/%c0%af",
        "pkg:npm/%ed%a0%80",
        "pkg:npm/foo?",
        "pkg:npm/foo?a",
        "pkg:npm/foo?a=1&",
        "pkg:npm/foo?a=1&A=2",
        "pkg:npm/foo?a=&a=1",
        "pkg:npm/foo?1a=1",
        "pkg:npm/foo?a%62=1",
        "pkg:npm/foo?a=1?b=2",
        "pkg:npm/foo#a#b",
        "pkg:golang/a%2Fb/c",
        "pkg:generic/x#a%2Fb",
        "pkg:pypi/namespace/name",
        "pkg:vscode-extension/name",
      })
  void refuses_what_is_no_package_url(String text) {
    var refusal = assertThrows(IllegalArgumentException.class, () -> PackageUrl.parse(text));
    assertTrue(String.valueOf(refusal.getMessage()).startsWith("not a package URL: "));
    assertTrue(String.valueOf(refusal.getMessage()).endsWith(Printable.of(text)));
  }

  @Test
  void refuses_more_than_it_can_write_back() {
    assertThrows(
        IllegalArgumentException.class,
        () -> PackageUrl.parse("pkg:" + "/".repeat(4096) + "npm/foo"));
    assertThrows(
        IllegalArgumentException.class, () -> PackageUrl.parse("pkg:npm/" + "a".repeat(4089)));
    assertThrows(
        IllegalArgumentException.class, () -> PackageUrl.of("npm", "", "\u00e9".repeat(1000)));
    assertThrows(IllegalArgumentException.class, () -> PackageUrl.of("npm", "", "a\ud800"));
  }

  @Test
  void no_unicode_case_turns_one_name_into_another() {
    // The Kelvin sign and the dotted capital I become k and i by Unicode's tables.
    assertFalse(PackageUrl.npm("\u212Ait").sameProduct(PackageUrl.npm("kit")));
    assertEquals("pkg:npm/%C4%B0x", PackageUrl.npm("\u0130X").toString());
  }

  @Test
  void names_as_their_ecosystems_write_them() {
    assertEquals(
        PackageUrl.parse("pkg:npm/%40anthropic-ai/claude-code"),
        PackageUrl.npm("@anthropic-ai/claude-code"));
    assertEquals(PackageUrl.parse("pkg:npm/cline"), PackageUrl.npm("cline"));
    assertEquals(
        PackageUrl.parse("pkg:vscode-extension/saoudrizwan/claude-dev"),
        PackageUrl.vscodeExtension("saoudrizwan.Claude-Dev"));
    assertThrows(IllegalArgumentException.class, () -> PackageUrl.vscodeExtension("claude"));
  }

  @ParameterizedTest
  @CsvSource({
    "pkg:npm/%40anthropic-ai/claude-code,pkg:npm/%40anthropic-ai/claude-code@2.1.91,true",
    "pkg:npm/claude-code,pkg:npm/%40anthropic-ai/claude-code@2.1.91,false",
    "pkg:npm/%40anthropic-ai/claude-code,pkg:npm/%40anthropic-ai/claude-code-router@1.0.0,false",
    "pkg:npm/anthropic,pkg:pypi/anthropic@1,false",
    "pkg:pypi/claude_agent_sdk,pkg:pypi/Claude.Agent.SDK@0.1,true",
    "pkg:pypi/x@1.0,pkg:pypi/x@1.0.0,true",
    "pkg:pypi/x@1.0,pkg:pypi/x@1.1,false",
    "pkg:pypi/x@1.0,pkg:pypi/x,false",
    "pkg:deb/claude-code,pkg:deb/debian/claude-code@1-1?arch=amd64,true",
    "pkg:deb/debian/claude-code,pkg:deb/ubuntu/claude-code@1-1,false",
    "pkg:deb/debian/claude-code,pkg:deb/claude-code@1-1,false",
    "pkg:npm/x?repository_url=a,pkg:npm/x@1.0.0,false",
    "pkg:npm/x?repository_url=a,pkg:npm/x@1.0.0?repository_url=a&arch=b,true",
    "pkg:golang/h/x#cmd,pkg:golang/h/x,false",
  })
  void a_rule_covers_what_agrees_with_all_it_states(String rule, String installed, boolean covers) {
    assertEquals(covers, PackageUrl.parse(rule).covers(PackageUrl.parse(installed)));
  }

  @Test
  void same_product_looks_at_everything_but_the_version() {
    var url = PackageUrl.parse("pkg:deb/debian/curl@1?arch=i386");
    assertTrue(url.sameProduct(PackageUrl.parse("pkg:deb/debian/curl@2?arch=i386")));
    assertFalse(url.sameProduct(PackageUrl.parse("pkg:deb/debian/curl@1?arch=amd64")));
  }

  @Test
  void the_epoch_of_an_rpm_counts_in_comparisons() {
    assertEquals("1:2-3", PackageUrl.parse("pkg:rpm/x@2-3?epoch=1").comparableVersion());
    assertEquals("", PackageUrl.parse("pkg:rpm/x?epoch=1").comparableVersion());
    assertEquals("2-3", PackageUrl.parse("pkg:deb/x@2-3?epoch=1").comparableVersion());
  }

  @Test
  void whatever_is_accepted_is_read_back_the_same() {
    var random = new Random(20260710);
    var alphabet = "pkg:npm/aB@%41%2e.-_~?&=#+\u00e9 0";
    var accepted = 0;
    for (var i = 0; i < 50_000; i++) {
      var text = new StringBuilder("pkg:" + (random.nextBoolean() ? "generic" : "pypi") + "/");
      for (var length = random.nextInt(12); length >= 0; length--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        var url = PackageUrl.parse(text.toString());
        assertEquals(url, PackageUrl.parse(url.toString()));
        assertEquals(url.toString(), PackageUrl.parse(url.toString()).toString());
        accepted++;
      } catch (IllegalArgumentException e) {
        assertTrue(String.valueOf(e.getMessage()).startsWith("not a package URL: "));
      }
    }
    assertTrue(accepted > 1000, () -> "the alphabet makes hardly any package URL");
  }
}
