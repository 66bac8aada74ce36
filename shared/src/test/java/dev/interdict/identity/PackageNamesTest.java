package dev.interdict.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How each ecosystem writes a name: what it takes for the same is the same here, and nothing else.
class PackageNamesTest {
  @ParameterizedTest
  @CsvSource({
    "pkg:pypi/claude_agent_sdk, pkg:pypi/claude-agent-sdk, true",
    "pkg:pypi/Claude.Agent--SDK, pkg:pypi/claude-agent-sdk, true",
    "pkg:pypi/claudeagentsdk, pkg:pypi/claude-agent-sdk, false",
    "pkg:npm/%40Anthropic-AI/Claude-Code, pkg:npm/%40anthropic-ai/claude-code, true",
    "pkg:npm/%40anthropic-ai/claude_code, pkg:npm/%40anthropic-ai/claude-code, false",
    "pkg:npm/claude-code, pkg:npm/%40anthropic-ai/claude-code, false",
    "pkg:deb/debian/Claude-Code, pkg:deb/debian/claude-code, true",
    "pkg:apk/alpine/Claude-Code, pkg:apk/alpine/claude-code, true",
    "pkg:alpm/arch/Claude-Code, pkg:alpm/arch/claude-code, true",
    "pkg:rpm/fedora/Claude-Code, pkg:rpm/fedora/claude-code, false",
    "pkg:brew/Claude-Code, pkg:brew/claude-code, true",
    "pkg:cargo/Claude-Code, pkg:cargo/claude-code, false",
    "pkg:gem/Claude-Code, pkg:gem/claude-code, false",
    "pkg:golang/Example.com/X, pkg:golang/example.com/x, true",
    "pkg:vscode-extension/Anthropic/Claude-Code, pkg:vscode-extension/anthropic/claude-code, true",
    "pkg:snap/Claude-Code, pkg:snap/claude-code, false",
    "pkg:nix/claude_code, pkg:nix/claude-code, false"
  })
  void are_compared_as_their_ecosystem_compares(String left, String right, boolean same) {
    assertEquals(same, PackageUrl.parse(left).equals(PackageUrl.parse(right)));
  }

  @ParameterizedTest
  @CsvSource({
    "pkg:deb/claude-code, pkg:deb/ubuntu/claude-code@1?arch=amd64, true",
    "pkg:rpm/claude-code, pkg:rpm/fedora/claude-code@1-1, true",
    "pkg:apk/claude-code, pkg:apk/alpine/claude-code@1-r0, true",
    "pkg:alpm/claude-code, pkg:alpm/arch/claude-code@1-1, true",
    "pkg:deb/debian/claude-code, pkg:deb/ubuntu/claude-code@1, false",
    "pkg:brew/claude-code, pkg:brew/someone/tap/claude-code@1, false",
    "pkg:npm/claude-code, pkg:npm/%40anthropic-ai/claude-code@1.0.0, false",
    "pkg:golang/x, pkg:golang/example.com/x@v1.0.0, false"
  })
  void only_a_distributions_vendor_may_be_left_out(String rule, String installed, boolean covers) {
    assertEquals(covers, PackageUrl.parse(rule).covers(PackageUrl.parse(installed)));
  }

  /// Letters of other alphabets stay what they are, however like they look.
  @Test
  void letters_of_other_alphabets_are_never_folded_into_latin_ones() {
    for (var odd : new String[] {"\u212Ailo", "cl\u0430ude", "clau\u017Fe"}) {
      for (var type : new String[] {"npm", "pypi", "deb", "brew"}) {
        assertEquals(odd, PackageUrl.of(type, "", odd).name());
      }
    }
    assertThrows(IllegalArgumentException.class, () -> PackageUrl.of("npm", "anthropic-ai", "x"));
  }
}
